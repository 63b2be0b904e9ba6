import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, homedir, tmpdir } from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { AppError } from "../../src/errors";

/** The version used for docs/benchmarks.md. */
const K6 = "go.k6.io/k6@v1.4.0";

export const SCRIPTS = ["point", "list", "cone", "bulk-labels", "predict", "survey-day"] as const;
export type ScriptName = (typeof SCRIPTS)[number];
/** The profiles for users; `capacity` runs before a spike. */
export const PROFILES = ["smoke", "ramp", "soak", "spike"] as const;
export type ProfileName = (typeof PROFILES)[number];

/** A metric of k6's summary, with its thresholds. */
export interface Metric {
  readonly type: "trend" | "rate" | "counter" | "gauge";
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

/** k6's summary at the end of a run. */
export interface Summary {
  readonly state: { readonly testRunDurationMs: number };
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly root_group: { readonly checks: readonly { readonly name: string; readonly passes: number; readonly fails: number }[] };
}

/** The phases of a spike, in their order. */
const PHASES = ["before", "spike", "after"];

/** @returns the response times of accepted requests, over all and by tag, that have any requests; phases in their order */
export function acceptedDurations({ metrics }: Summary): [name: string, metric: Metric][] {
  const phase = (name: string) => PHASES.findIndex((one) => name.endsWith(`{phase:${one}}`));
  return Object.entries(metrics)
    .filter(([name, { values }]) => name.startsWith("accepted_duration") && values.count! > 0)
    .sort(([one], [other]) => phase(one) - phase(other) || one.localeCompare(other));
}

const runs = (command: string) => spawnSync(command, ["version"], { stdio: "ignore" }).status === 0;

/** @returns the folder of programs installed by `go install`; null without Go */
function goFolder(): string | null {
  if (!runs("go")) return null;
  return path.join(execFileSync("go", ["env", "GOPATH"], { encoding: "utf8" }).trim() || path.join(homedir(), "go"), "bin");
}

/**
 * Finds k6 on the PATH, or builds it once with Go.
 *
 * @throws AppError BACKEND_UNAVAILABLE if there is neither k6 nor Go
 */
export function findK6(): string {
  if (runs("k6")) return "k6";
  const folder = goFolder();
  if (folder === null)
    throw new AppError(
      "BACKEND_UNAVAILABLE",
      `Neither k6 nor Go (to build it) was found. Install k6, or Go and then \`go install ${K6}\`.`,
    );
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
  /** SECONDS, RATE, CAPACITY for the scripts */
  readonly settings: Readonly<Record<string, number>>;
  readonly quiet: boolean;
}

/**
 * k6 and the server share this machine. One processor is left to the server: otherwise k6 mostly measures waits for a
 * processor. Less frequent garbage collection saves k6 time as well.
 */
const ENVIRONMENT = { GOMAXPROCS: String(Math.max(1, availableParallelism() - 1)), GOGC: "400" };

/** k6's exit status if thresholds were crossed. */
const THRESHOLDS_CROSSED = 99;

/**
 * Runs a script of infra/k6 to its end.
 *
 * @throws AppError CONFLICT if the script itself failed; crossed thresholds are part of the summary
 */
export async function runK6({ k6, script, profile, url, settings, quiet }: Run): Promise<Summary> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-load-"));
  try {
    const file = path.join(folder, "summary.json");
    const environment = { ASTERISM_URL: url, PROFILE: profile, SUMMARY: file, ...settings };
    const given = Object.entries(environment).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    const program = path.join(PACKAGE_ROOT, "infra/k6", `${script}.ts`);
    // Without usage reports to k6's makers, and without k6's own HTTP API.
    const child = spawn(k6, ["run", "--no-usage-report", "--address", "", ...(quiet ? ["--quiet"] : []), ...given, program], {
      stdio: ["ignore", quiet ? "ignore" : 2, "inherit"],
      env: { ...process.env, ...ENVIRONMENT },
    });
    const [status] = (await once(child, "exit")) as [number | null];
    if (status !== 0 && status !== THRESHOLDS_CROSSED)
      throw new AppError("CONFLICT", `k6 ended with status ${status}: its message is above.`);
    return JSON.parse(readFileSync(file, "utf8")) as Summary;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
