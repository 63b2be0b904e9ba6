import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { AppError } from "../../src/errors";

/** The version that the figures of docs/benchmarks.md were measured with. */
const K6 = "go.k6.io/k6@v1.4.0";

export const SCRIPTS = ["point", "list", "cone", "bulk-labels", "predict", "survey-day"] as const;
export type ScriptName = (typeof SCRIPTS)[number];
/** What users choose from; `capacity` comes before a spike. */
export const PROFILES = ["smoke", "ramp", "soak", "spike"] as const;
export type ProfileName = (typeof PROFILES)[number];

/** A figure of k6's summary, with what it is held to. */
export interface Metric {
  readonly type: "trend" | "rate" | "counter" | "gauge";
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

/** What k6 says at its end. */
export interface Summary {
  readonly state: { readonly testRunDurationMs: number };
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly root_group: { readonly checks: readonly { readonly name: string; readonly passes: number; readonly fails: number }[] };
}

const runs = (command: string) => spawnSync(command, ["version"], { stdio: "ignore" }).status === 0;

/** @returns the folder that `go install` puts programs into; null without Go */
function goFolder(): string | null {
  if (!runs("go")) return null;
  return path.join(execFileSync("go", ["env", "GOPATH"], { encoding: "utf8" }).trim() || path.join(homedir(), "go"), "bin");
}

/**
 * The real k6: the one on the path, or one that Go builds once.
 *
 * @throws AppError BACKEND_UNAVAILABLE where there is neither
 */
export function findK6(): string {
  if (runs("k6")) return "k6";
  const folder = goFolder();
  if (folder === null)
    throw new AppError("BACKEND_UNAVAILABLE", `k6 was not found, nor Go to build it. Install k6, or Go and then \`go install ${K6}\`.`);
  const built = path.join(folder, "k6");
  if (runs(built)) return built;
  process.stderr.write(`k6 was not found: building ${K6}, once...\n`);
  execFileSync("go", ["install", K6], { stdio: ["ignore", "inherit", "inherit"] });
  return built;
}

export interface Run {
  readonly k6: string;
  readonly script: ScriptName;
  readonly profile: ProfileName | "capacity";
  readonly url: string;
  /** SECONDS, RATE, CAPACITY as the scripts know them */
  readonly settings: Readonly<Record<string, number>>;
  readonly quiet: boolean;
}

/** k6's exit status where thresholds were crossed. */
const THRESHOLDS_CROSSED = 99;

/**
 * Runs a script of infra/k6 to its end.
 *
 * @throws AppError CONFLICT where the script itself failed; crossed thresholds are in the summary
 */
export async function runK6({ k6, script, profile, url, settings, quiet }: Run): Promise<Summary> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-load-"));
  try {
    const file = path.join(folder, "summary.json");
    const environment = { ASTERISM_URL: url, PROFILE: profile, SUMMARY: file, ...settings };
    const given = Object.entries(environment).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    const program = path.join(PACKAGE_ROOT, "infra/k6", `${script}.ts`);
    // No word to k6's makers, and no port of its own.
    const child = spawn(k6, ["run", "--no-usage-report", "--address", "", ...(quiet ? ["--quiet"] : []), ...given, program], {
      stdio: ["ignore", quiet ? "ignore" : 2, "inherit"],
    });
    const [status] = (await once(child, "exit")) as [number | null];
    if (status !== 0 && status !== THRESHOLDS_CROSSED)
      throw new AppError("CONFLICT", `k6 ended with status ${status}: its message is above.`);
    return JSON.parse(readFileSync(file, "utf8")) as Summary;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
