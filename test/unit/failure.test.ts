import { asAppError, thrownText } from "../../src/cli/failure";

test.each<[string, unknown, RegExp]>([
  ["an error", new Error("it broke"), /^Error: it broke\n\s+at /],
  ["an object", { code: 7, message: "it broke", inner: { of: "what" } }, /code: 7.*it broke.*of: 'what'/],
  ["a text", "it broke", /^it broke$/],
  ["nothing", undefined, /^undefined$/],
])("%s that was thrown can be read", (_name, thrown, text) => {
  expect(thrownText(thrown)).toMatch(text);
  expect(thrownText(thrown)).not.toContain("[object Object]");
});

test("the end of the embedded engine, which is no Error, is told with what to do", () => {
  const exit = { name: "ExitStatus", message: "Program terminated with exit(1)", status: 1 };
  expect(asAppError(exit)).toMatchObject({
    code: "DATABASE",
    message: expect.stringMatching(/engine ended: Program terminated with exit\(1\).*free space/),
  });
  expect(asAppError({ message: "something else" })).toBeNull();
});
