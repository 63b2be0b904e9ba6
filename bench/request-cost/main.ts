import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { PACKAGE_ROOT } from "../../src/config";
import { median } from "../../src/science/statistics";
import { freshDatabase } from "../fresh-database";
import type { LoadOptions, LoadResult } from "../peers/load-generator";
import { type Peer, startPeer } from "../peers/peer-process";
import { fillPeerSky } from "../peers/peer-sky";
import { QUESTIONS } from "../peers/questions";
import { benchServer } from "../postgresql-server";

/**
 * The processor time that a small request costs the serving process: a bare HTTP server that answers a constant, and
 * `asterism serve` with and without a log line per request. The requests: liveness, `{ __typename }`, and a star with labels
 * and cross-matches. The servers are measured in turns, on the Node that runs this (Linux only). Exits with 1 if a star costs
 * more than TARGET times the constant.
 */
const { values: options } = parseArgs({
  options: {
    /** the folder of another built checkout, to measure beside this one: what a change saves */
    against: { type: "string" },
    /** a folder for the profile of `asterism serve` */
    profile: { type: "string" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
const CONNECTIONS = 32;
/** Until V8 has compiled what it will. */
const WARM_UP_SECONDS = 3;
const TARGET = 8;

/** Linux counts processor time in hundredths of a second. */
const TICKS = 100;

/** @returns what a process has used since it began, in user and in system mode [s] */
function processorSeconds(pid: number): number {
  // The name, second of the fields, may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

interface Stage {
  readonly name: string;
  readonly path: string;
  /** of its requests, one a line; empty: GETs */
  readonly bodies: string;
}

const STAR = "a star with labels and cross-matches";

async function stages(): Promise<Stage[]> {
  const { texts, variables } = QUESTIONS.point;
  const stars = (await variables()).map((given) => JSON.stringify({ query: texts.asterism, variables: given }));
  return [
    { name: "GET /health/live", path: "/health/live", bodies: "" },
    { name: "{ __typename }", path: "/graphql", bodies: JSON.stringify({ query: "{ __typename }" }) },
    { name: STAR, path: "/graphql", bodies: stars.join("\n") },
  ];
}

interface Measured {
  /** of the serving process per request [us] */
  readonly processorUs: number;
  readonly requestsPerSecond: number;
}

async function measure({ port, pid }: Peer, { name, path: asked }: Stage, bodies: string, seconds: number): Promise<Measured> {
  const load: LoadOptions = { port, connections: CONNECTIONS, seconds, bodies, path: asked };
  const before = processorSeconds(pid);
  const program = path.join(__dirname, "../peers/load-generator.js");
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(load)]);
  const { requestsPerSecond, requests, failed } = JSON.parse(stdout) as LoadResult;
  if (failed > 0) throw new Error(`${failed} answers to ${name} were errors.`);
  return { processorUs: ((processorSeconds(pid) - before) / requests) * 1e6, requestsPerSecond };
}

/** @param running gets each server as soon as it runs, so that all end if a later one does not start */
async function startServers(url: string, running: Peer[]): Promise<Map<string, Peer>> {
  const serve = (root: string, flags: readonly string[] = [], settings: Record<string, string> = {}) =>
    startPeer(process.execPath, [...flags, path.join(root, "dist/src/cli/main.js"), "serve", "--port", "0"], {
      DATABASE_URL: url,
      ...settings,
    });
  const profile = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${path.resolve(options.profile)}`] : [];
  const servers = new Map<string, Peer>();
  const start = async (name: string, starting: Promise<Peer>) => {
    const server = await starting;
    running.push(server);
    servers.set(name, server);
  };
  await start("bare", startPeer(process.execPath, [path.join(__dirname, "constant-server.js")]));
  await start("asterism", serve(PACKAGE_ROOT, profile));
  await start("asterism, logging", serve(PACKAGE_ROOT, [], { ASTERISM_LOG_LEVEL: "info" }));
  if (options.against) await start("against", serve(path.resolve(options.against)));
  return servers;
}

interface Figure {
  readonly stage: string;
  readonly server: string;
  /** medians of the rounds */
  readonly processorUs: number;
  readonly requestsPerSecond: number;
  /** median over the rounds of its processor time beside that of the bare server in the same round */
  readonly timesBare: number;
}

async function compare(servers: ReadonlyMap<string, Peer>, stage: Stage, folder: string): Promise<Figure[]> {
  const bodies = path.join(folder, "bodies.jsonl");
  writeFileSync(bodies, stage.bodies);
  for (const server of servers.values()) await measure(server, stage, bodies, WARM_UP_SECONDS);
  const rounds: Map<string, Measured>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const measured = new Map<string, Measured>();
    for (const [name, server] of servers) measured.set(name, await measure(server, stage, bodies, SECONDS));
    rounds.push(measured);
  }
  const middle = (of: (round: Map<string, Measured>) => number) => median(rounds.map(of)) ?? 0;
  return [...servers.keys()].map((server) => ({
    stage: stage.name,
    server,
    processorUs: middle((round) => round.get(server)!.processorUs),
    requestsPerSecond: middle((round) => round.get(server)!.requestsPerSecond),
    timesBare: middle((round) => round.get(server)!.processorUs / round.get("bare")!.processorUs),
  }));
}

function print(figures: readonly Figure[]): void {
  process.stdout.write(`Node ${process.version}\n`);
  for (const { stage, server, processorUs, requestsPerSecond, timesBare } of figures)
    process.stdout.write(
      `${stage}: ${server} ${processorUs.toFixed(1)} us of processor time per request, ${timesBare.toFixed(1)} times bare, ${requestsPerSecond.toFixed(0)} requests/s\n`,
    );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-bench-request-cost-"));
  const database = await benchServer();
  const running: Peer[] = [];
  try {
    const url = await freshDatabase(database, "asterism_bench_request_cost");
    await fillPeerSky(url);
    const servers = await startServers(url, running);
    const figures: Figure[] = [];
    for (const stage of await stages()) figures.push(...(await compare(servers, stage, folder)));
    if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    else print(figures);
    const star = figures.find(({ stage, server }) => stage === STAR && server === "asterism");
    if (!star || star.timesBare > TARGET) process.exitCode = 1;
  } finally {
    await Promise.all(running.map((server) => server.stop()));
    database.stop();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
