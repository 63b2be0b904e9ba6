import { isIP } from "node:net";
import path from "node:path";
import { integer, oneOf, text, type Variable } from "./variable";

/** With fewer stars, too few have labels to train the demonstration models on. */
const FEWEST_DEMO_STARS = 2000;

const demoStars: Variable<number> = {
  description: `stars of the synthetic sky that the first \`npm start\` makes (0 for none, or ${FEWEST_DEMO_STARS} to 10000000)`,
  fallback: "20000",
  parse(value) {
    const stars = Number(value);
    if (!/^\d+$/.test(value) || (stars !== 0 && stars < FEWEST_DEMO_STARS) || stars > 10_000_000)
      throw new Error(`0, or a whole number from ${FEWEST_DEMO_STARS} to 10000000`);
    return stars;
  },
};

const xgboostLibrary: Variable<string | null> = {
  description: "libxgboost to train boosted trees with, as in /opt/xgboost/lib/libxgboost.so; the installed one when absent",
  fallback: undefined,
  parse: (value) => path.resolve(value),
};

const collector: Variable<string | null> = {
  description: "OpenTelemetry collector that spans are sent to (OTLP over HTTP), as in http://127.0.0.1:4318; no spans when absent",
  fallback: undefined,
  parse(value) {
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) throw new Error("a URL that starts with http:// or https://");
    return value;
  },
};

const traceShare: Variable<number> = {
  description: "share of requests that are traced where their sender does not decide (0 to 1)",
  fallback: "1",
  parse(value) {
    const share = Number(value);
    if (!/^[\d.]+$/.test(value) || !(share >= 0 && share <= 1)) throw new Error("a number from 0 to 1");
    return share;
  },
};

const databaseUrl: Variable<string | null> = {
  description: "PostgreSQL connection string, as in postgresql://user:password@host:5432/asterism; the embedded engine when absent",
  fallback: undefined,
  secret: true,
  parse(value) {
    if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value))
      throw new Error("a URL that starts with postgresql://, its password percent-encoded");
    return value;
  },
};

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  return more.length === 0 && isIP(address) !== 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}

/** @returns the parts between commas */
const listed = (value: string): string[] =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const hosts: Variable<readonly string[] | null> = {
  description:
    "names by which clients may reach the server (their Host header), with commas between, as in api.example.org,localhost. When absent: those of this machine if HOST is a loopback address, otherwise any",
  fallback: undefined,
  parse(value) {
    const names = listed(value);
    if (!names.every((name) => /^(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?$/i.test(name))) throw new Error("host names with commas between them");
    return names;
  },
};

/** @returns whether a text is what browsers send as Origin */
const isOrigin = (text: string): boolean => text === "*" || (URL.canParse(text) && new URL(text).origin === text);

const origins: Variable<readonly string[]> = {
  description:
    "origins of web pages that may read the server's answers (CORS), with commas between, as in https://survey.example.org; * is any. None when absent",
  fallback: "",
  parse(value) {
    const parts = listed(value);
    if (!parts.every(isOrigin))
      throw new Error("origins such as https://survey.example.org, without a path, with commas between them; or *");
    return parts;
  },
};

const metricsToken: Variable<string | null> = {
  description: "if set, /metrics is answered only to requests with the header `Authorization: Bearer` and this token",
  fallback: undefined,
  secret: true,
  parse(value) {
    if (!/^[\w.~+/=-]{16,}$/.test(value)) throw new Error("at least 16 letters, digits or . _ ~ + / = -");
    return value;
  },
};

const networks: Variable<readonly string[]> = {
  description:
    "reverse proxies in front of the server, addresses or networks with commas between, as in 127.0.0.1,10.0.0.0/8; only their X-Forwarded-For is believed to name the client. None when absent",
  fallback: "",
  parse(value) {
    const parts = listed(value);
    if (!parts.every(isNetwork)) throw new Error("IP addresses or networks such as 10.0.0.0/8, with commas between them");
    return parts;
  },
};

/** All settings, by environment variable. All are optional. */
export const VARIABLES = {
  PORT: integer("port the server listens on", 4000, 0, 65_535),
  HOST: text("address the server listens on; 0.0.0.0 opens it to the network", "127.0.0.1"),
  DATABASE_URL: databaseUrl,
  ASTERISM_DATA_DIR: text("folder of the embedded database, model artifacts and rejected rows", ".asterism"),
  ASTERISM_LOG_LEVEL: oneOf("what the server logs, as lines of JSON", "warn", ["fatal", "error", "warn", "info", "debug", "silent"]),
  ASTERISM_POOL_SIZE: integer("PostgreSQL connections a process may hold", 10, 1, 200),
  ASTERISM_STATEMENT_TIMEOUT_MS: integer("longest a query of the API may run [ms]", 10_000, 100, 600_000),
  ASTERISM_MAX_PAGE_SIZE: integer("largest page or list of ids of the API", 1000, 1, 10_000),
  ASTERISM_CONCURRENCY: integer("requests answered at once; beyond them a few wait, and the rest is told OVERLOADED", 32, 1, 10_000),
  ASTERISM_HOSTS: hosts,
  ASTERISM_CORS_ORIGINS: origins,
  ASTERISM_METRICS_TOKEN: metricsToken,
  ASTERISM_TRUSTED_PROXIES: networks,
  ASTERISM_CLIENT_BUDGET: integer(
    "cost of the queries that one client may send in a minute, in the unit of their limit (docs/api.md); 0: no limit. Clients on this machine have none unless a proxy is trusted",
    6_000_000,
    0,
    1_000_000_000,
  ),
  ASTERISM_BATCH_SIZE: integer("stars that one inference batch may hold", 1024, 1, 65_536),
  ASTERISM_BATCH_WINDOW_MS: integer("how long a batch waits to fill [ms]", 2, 0, 1000),
  ASTERISM_QUEUE_LIMIT: integer("stars that may wait for inference before OVERLOADED is answered", 100_000, 1, 10_000_000),
  ASTERISM_BACKEND: oneOf("training backend; auto takes the first that passes a self-test", "auto", [
    "auto",
    "tensorflow-gpu",
    "tensorflow",
    "webgpu",
    "wasm",
    "cpu",
  ]),
  ASTERISM_XGBOOST_LIBRARY: xgboostLibrary,
  ASTERISM_DEMO_STARS: demoStars,
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  OTEL_TRACES_SAMPLER_ARG: traceShare,
} satisfies Record<string, Variable<unknown>>;
