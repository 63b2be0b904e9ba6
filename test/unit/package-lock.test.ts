import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Where Node would look for a package that one at `from` asks for, nearest first. */
function candidates(from: string, name: string): string[] {
  const folders = from.split("/node_modules/");
  return folders.map((_, i) => [...folders.slice(0, folders.length - i), name].join("/node_modules/")).concat(`node_modules/${name}`);
}

// npm drops those of other platforms where its registry lacks them; `npm ci` then refuses a clean checkout.
test("the lock file names every optional package of every platform", () => {
  const { packages } = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !candidates(from, name).some((place) => place in packages)),
  );
  expect(missing).toEqual([]);
});
