import { existsSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

/** The folder of real sample data, or null where it is absent. */
export const REAL_DATA = ((folder) => (existsSync(folder) ? folder : null))(
  process.env.ASTERISM_REAL_DATA ?? path.join(PACKAGE_ROOT, "../shared/data"),
);

/** `describe` where the real data is, a skipped one that says so where it is not. */
export const describeRealData: typeof describe.skip = REAL_DATA
  ? describe
  : Object.assign(
      (name: string, body: () => void) => describe.skip(`${name} (skipped: no real data; set ASTERISM_REAL_DATA)`, body),
      describe.skip,
    );
