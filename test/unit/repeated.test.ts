import { Repeated } from "../../src/telemetry/repeated";

test("what happens often is said once a second, with its number", () => {
  const clock = { ms: 5 };
  const repeated = new Repeated(() => clock.ms);
  expect(repeated.count("away")).toBe(1);
  clock.ms += 500;
  expect([repeated.count("away"), repeated.count("away"), repeated.count("another")]).toEqual([null, null, 1]);
  clock.ms += 500;
  expect(repeated.count("away")).toBe(3);
  clock.ms += 1000;
  expect(repeated.count("away")).toBe(1);
});
