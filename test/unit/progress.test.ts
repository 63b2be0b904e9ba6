import { jest } from "@jest/globals";
import { progressBar } from "../../src/cli/progress";

const { isTTY } = process.stderr;
afterEach(() => {
  process.stderr.isTTY = isTTY;
  jest.restoreAllMocks();
});

test("a bar leaves a terminal's cursor visible and its lines wrapped, as Ctrl-C may end the command at any time", () => {
  const written: string[] = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
  process.stderr.isTTY = true;
  const bar = progressBar("stars");
  bar.update(1, 2);
  const shown = written.join("");
  bar.stop();
  expect(shown).toContain("stars");
  expect(shown).not.toContain("\u001b[?25l");
  expect(shown).not.toContain("\u001b[?7l");
});
