// What `npm ci` does last: builds, and deletes what is needless in the installed packages.
import { execSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

/** What building and training need is optional, so that a server that is built can be installed without. */
function canBuild() {
  try {
    createRequire(import.meta.url).resolve("typescript/package.json");
    return true;
  } catch {
    return false;
  }
}

if (canBuild()) execSync("npm run build --silent && npm run trim --silent", { stdio: "inherit" });
else if (!existsSync(new URL("../../dist/src/cli/main.js", import.meta.url))) {
  process.stderr.write("asterism: cannot be built without the optional packages. Run npm ci without --omit=optional.\n");
  process.exit(1);
}
