import { readFileSync } from "node:fs";
import path from "node:path";
import type { Variable } from "./config/variable";
import { VARIABLES } from "./config/variables";
import { AppError } from "./errors";

/** The repository's root, from the compiled file dist/src/config.js. */
export const PACKAGE_ROOT = path.resolve(__dirname, "../..");

/** The running version of asterism. */
export const VERSION = (JSON.parse(readFileSync(path.join(PACKAGE_ROOT, "package.json"), "utf8")) as { version: string }).version;

export type VariableName = keyof typeof VARIABLES;
type Value<N extends VariableName> = ReturnType<(typeof VARIABLES)[N]["parse"]>;

export interface Config {
  readonly port: Value<"PORT">;
  readonly host: Value<"HOST">;
  readonly databaseUrl: string | null;
  /** Absolute path. */
  readonly dataDir: string;
  readonly logLevel: Value<"ASTERISM_LOG_LEVEL">;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly maxPageSize: number;
  readonly concurrency: number;
  readonly hosts: readonly string[] | null;
  readonly corsOrigins: readonly string[];
  readonly metricsToken: string | null;
  readonly trustedProxies: readonly string[];
  readonly clientBudget: number;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly queueLimit: number;
  readonly backend: Value<"ASTERISM_BACKEND">;
  /** Absolute path; null for the installed one. */
  readonly xgboostLibrary: string | null;
  readonly demoStars: number;
  readonly otlpEndpoint: string | null;
  readonly traceShare: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws AppError BAD_INPUT naming the variable, the expected and the given value (unless it is secret) */
export function readVariable<N extends VariableName>(name: N, environment: Environment = process.env): Value<N> {
  const variable: Variable<unknown> = VARIABLES[name];
  const given = environment[name] || variable.fallback;
  if (given === undefined) return null as Value<N>;
  try {
    return variable.parse(given) as Value<N>;
  } catch (cause) {
    const shown = variable.secret ? "" : `, not '${given}'`;
    throw new AppError("BAD_INPUT", `${name} must be ${(cause as Error).message}${shown}. See \`asterism config\`.`, { cause });
  }
}

/**
 * Reads and checks the settings.
 *
 * @param overrides values that take precedence over the environment, for tests and benchmarks
 * @throws AppError BAD_INPUT for the first variable with an invalid value
 */
export function loadConfig(overrides: Partial<Config> = {}, environment: Environment = process.env): Config {
  const read = <N extends VariableName>(name: N) => readVariable(name, environment);
  return {
    port: read("PORT"),
    host: read("HOST"),
    databaseUrl: read("DATABASE_URL"),
    dataDir: path.resolve(read("ASTERISM_DATA_DIR")),
    logLevel: read("ASTERISM_LOG_LEVEL"),
    poolSize: read("ASTERISM_POOL_SIZE"),
    statementTimeoutMs: read("ASTERISM_STATEMENT_TIMEOUT_MS"),
    maxPageSize: read("ASTERISM_MAX_PAGE_SIZE"),
    concurrency: read("ASTERISM_CONCURRENCY"),
    hosts: read("ASTERISM_HOSTS"),
    corsOrigins: read("ASTERISM_CORS_ORIGINS"),
    metricsToken: read("ASTERISM_METRICS_TOKEN"),
    trustedProxies: read("ASTERISM_TRUSTED_PROXIES"),
    clientBudget: read("ASTERISM_CLIENT_BUDGET"),
    batchSize: read("ASTERISM_BATCH_SIZE"),
    batchWindowMs: read("ASTERISM_BATCH_WINDOW_MS"),
    queueLimit: read("ASTERISM_QUEUE_LIMIT"),
    backend: read("ASTERISM_BACKEND"),
    xgboostLibrary: read("ASTERISM_XGBOOST_LIBRARY"),
    demoStars: read("ASTERISM_DEMO_STARS"),
    otlpEndpoint: read("OTEL_EXPORTER_OTLP_ENDPOINT"),
    traceShare: read("OTEL_TRACES_SAMPLER_ARG"),
    ...overrides,
  };
}
