import { foldLightCurve } from "../../src/features/light-curve/fold-light-curve";
import { FoldingEngine } from "../../src/models/folding/folding-engine";

const time = Float64Array.from({ length: 40 }, (_, index) => 1700 + 900 * ((index * 0.6180339887) % 1));
const points = { time, folded: false, mag: time.map((one) => 15 + 0.4 * Math.sin((2 * Math.PI * one) / 0.61)), magError: null };
const engine = new FoldingEngine(2);
afterAll(() => engine.close());

test("a search in the thread finds what one in place finds", async () => {
  const folding = await engine.fold(points, null);
  expect(folding).toEqual(foldLightCurve(points, Number.NaN));
  expect(folding.curve?.periodDays).toBeCloseTo(0.61, 4);
});

test("searches beyond those that may wait are told so; a period that is known needs none", async () => {
  const searches = [engine.fold(points, null), engine.fold(points, null)];
  await expect(engine.fold(points, null)).rejects.toMatchObject({ code: "OVERLOADED" });
  expect((await engine.fold(points, 0.61)).refusal).toBeNull();
  await Promise.all(searches);
  expect((await engine.fold(points, null)).refusal).toBeNull();
});

test("a search that ends with its thread fails, and the next one is answered", async () => {
  const lost = engine.fold(points, null);
  await engine.close();
  await expect(lost).rejects.toThrow(/the search for a period ended/);
  expect((await engine.fold(points, null)).refusal).toBeNull();
});
