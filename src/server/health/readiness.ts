import { performance } from "node:perf_hooks";
import { requireMigrated } from "../../database/migrate";
import type { Services } from "../../graphql/services";

export interface Check {
  readonly status: "ok" | "failed" | "late";
  /** [ms] how long the check took; null if it has not finished */
  readonly milliseconds: number | null;
}

/** Checks of what the server depends on, by name: `database`, `migrations`, `inference`. */
export type Checks = { readonly [name: string]: Check };

const CHECKS: { readonly [name: string]: (services: Services) => Promise<unknown> } = {
  database: ({ database }) => database.query("SELECT 1"),
  migrations: ({ database }) => requireMigrated(database),
  inference: ({ predictor }) => predictor.ready(),
};

/** Probes commonly give up after a second [ms]. */
const PATIENCE_MS = 800;

type Warn = (error: Error, name: string) => void;

async function run(check: () => Promise<unknown>, failed: (error: Error) => void): Promise<Check> {
  const startedAt = performance.now();
  let status: Check["status"] = "ok";
  try {
    await check();
  } catch (error) {
    status = "failed";
    failed(error as Error);
  }
  return { status, milliseconds: Math.round(performance.now() - startedAt) };
}

/** Answers in time, whatever the check does. */
async function inTime(check: Promise<Check>, patienceMs: number): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve({ status: "late", milliseconds: null }), patienceMs);
  });
  return Promise.race([check, late]).finally(() => clearTimeout(timer));
}

/**
 * Checks whether the server's parts work. Each check runs once at a time, however many probes come in and however long it
 * takes, so probes do not pile up in front of a hanging database.
 */
export class Readiness {
  private readonly running = new Map<string, Promise<Check>>();

  /**
   * @param warn receives the reason of a failed check, which clients do not see
   * @param patienceMs how long an answer waits for a check
   */
  constructor(
    private readonly warn: Warn,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async check(services: Services): Promise<Checks> {
    const names = Object.keys(CHECKS);
    const results = await Promise.all(names.map((name) => inTime(this.start(name, services), this.patienceMs)));
    return Object.fromEntries(names.map((name, index) => [name, results[index]!]));
  }

  private start(name: string, services: Services): Promise<Check> {
    const running = this.running.get(name);
    if (running) return running;
    const check = run(
      async () => CHECKS[name]?.(services),
      (error) => this.warn(error, name),
    ).finally(() => this.running.delete(name));
    this.running.set(name, check);
    return check;
  }
}
