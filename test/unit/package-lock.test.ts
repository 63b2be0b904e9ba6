import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

interface LockedPackage {
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Where Node would look for a package that one at `from` asks for, nearest first. */
function candidates(from: string, name: string): string[] {
  const folders = from.split("/node_modules/");
  return folders.map((_, i) => [...folders.slice(0, folders.length - i), name].join("/node_modules/")).concat(`node_modules/${name}`);
}

const { packages } = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, LockedPackage>;
};

/** The oldest Node that is promised: README and `engines` name it. */
const [MAJOR, MINOR] = [20, 19];

/** Whether one of a range's alternatives holds for the oldest Node, as far as lower bounds and carets tell. */
const isMet = (range: string) =>
  range.split("||").some((alternative) => {
    const [, operator, major, minor = "0"] = /([>=^~]*)\s*v?(\d+|\*)(?:\.(\d+))?/.exec(alternative) ?? [];
    if (major === "*") return true;
    if (Number(major) === MAJOR) return Number(minor) <= MINOR;
    return operator === ">=" && Number(major) < MAJOR;
  });

test("no package asks for a newer Node than is promised: npm would warn of each", () => {
  const asking = Object.entries(packages).filter(([, { engines }]) => typeof engines?.node === "string" && !isMet(engines.node));
  expect(asking.map(([name, { engines }]) => `${name} ${engines!.node}`)).toEqual([]);
});

// npm drops those of other platforms where its registry lacks them; `npm ci` then refuses a clean checkout.
test("the lock file names every optional package of every platform", () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !candidates(from, name).some((place) => place in packages)),
  );
  expect(missing).toEqual([]);
});
