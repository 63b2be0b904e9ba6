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

test("where only serving is installed, what is missing is named and no defect", () => {
  const missing = Object.assign(new Error("Cannot find module 'libsvm-js/asm'\nRequire stack:\n- train.js"), { code: "MODULE_NOT_FOUND" });
  expect(asAppError(missing)).toMatchObject({
    code: "BACKEND_UNAVAILABLE",
    message: expect.stringMatching(/can serve, and not do this: Cannot find module 'libsvm-js\/asm'\. Run it where .*npm ci/),
  });
});
