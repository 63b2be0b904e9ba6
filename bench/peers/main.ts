import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual, parseArgs, promisify } from "node:util";
import { loadConfig, PACKAGE_ROOT } from "../../src/config";
import { openPostgresql } from "../../src/database/postgresql";
import { median } from "../../src/science/statistics";
import { benchServer } from "../postgresql-server";
import type { LoadOptions, LoadResult } from "./load-generator";
import { installPeer, type PeerInstallation } from "./peer-installation";
import { type Peer, startPeer } from "./peer-process";
import { fillPeerSky } from "./peer-sky";
import { inOneNaming, type PeerName, QUESTIONS, type Question } from "./questions";

/**
 * Compares asterism with PostGraphile 5 and with a bare HTTP server: same tables of one PostgreSQL, same Node and flags, same
 * questions and, as is checked first, same answers. They are measured in turns, so that other load on the machine affects
 * all. Exits with 1 below a target.
 */
const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, short: { type: "boolean", default: false }, rounds: { type: "string" } },
});
const SECONDS = options.short ? 1 : 5;
const ROUNDS = Number(options.rounds ?? (options.short ? 3 : 5));
/** Warm-up, until every engine has compiled its code. */
const WARM_UP_SECONDS = options.short ? 2 : 5;

interface Scenario {
  readonly question: Question;
  readonly connections: number;
  /** required ratio of requests/s to each peer; p99 must not exceed PostGraphile's */
  readonly targets: Partial<Record<PeerName, number>>;
}

const SCENARIOS: readonly Scenario[] = [
  { question: QUESTIONS.point, connections: 32, targets: { postgraphile: 2.5, floor: 2 } },
  { question: QUESTIONS.point, connections: 1, targets: { postgraphile: 1.15 } },
  { question: QUESTIONS.list, connections: 32, targets: { postgraphile: 1.3 } },
];

type Peers = Readonly<Record<PeerName, Peer>>;

async function startPeers({ node, folder }: PeerInstallation, url: string): Promise<Peers> {
  const program = (name: string) => path.join(__dirname, `${name}.js`);
  return {
    asterism: await startPeer(node, [path.join(PACKAGE_ROOT, "dist/src/cli/main.js"), "serve", "--port", "0"], { DATABASE_URL: url }),
    postgraphile: await startPeer(node, [program("postgraphile-server"), folder, url]),
    floor: await startPeer(node, [program("floor-server"), url]),
  };
}

async function ask({ port }: Peer, query: string, variables: object): Promise<unknown> {
  const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query, variables }) };
  const answer = (await (await fetch(`http://127.0.0.1:${port}/graphql`, request)).json()) as { data?: unknown; errors?: unknown };
  if (answer.errors || !answer.data) throw new Error(`A server refused the question: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

/** The requests that every measurement of one server cycles through. */
interface Series {
  readonly text: string;
  readonly variables: readonly object[];
  /** path, one request body per line */
  readonly file: string;
}

async function prepareSeries(peers: Peers, question: Question, folder: string): Promise<Partial<Record<PeerName, Series>>> {
  const series: Partial<Record<PeerName, Series>> = {};
  for (const [name, text] of Object.entries(question.texts) as [PeerName, string][]) {
    const variables = await question.variables(name, (query, given) => ask(peers[name], query, given));
    const file = path.join(folder, `${name}-${question.name.replaceAll(" ", "-")}.jsonl`);
    writeFileSync(file, variables.map((given) => JSON.stringify({ query: text, variables: given })).join("\n"));
    series[name] = { text, variables, file };
  }
  return series;
}

/** @throws Error if the answers of the servers differ, except for naming */
async function compareAnswers(peers: Peers, series: Partial<Record<PeerName, Series>>): Promise<void> {
  for (let index = 0; index < 20; index++) {
    const answers: unknown[] = [];
    for (const [name, { text, variables }] of Object.entries(series) as [PeerName, Series][])
      answers.push(inOneNaming(await ask(peers[name], text, variables[index] ?? {})));
    for (const other of answers.slice(1)) {
      if (!isDeepStrictEqual(other, answers[0]))
        throw new Error(`The servers answer differently: ${JSON.stringify(answers[0])} and ${JSON.stringify(other)}`);
    }
  }
}

/** Runs without blocking this process, whose event loop must notice when a server closes a kept connection. */
async function load(node: string, options: LoadOptions): Promise<LoadResult> {
  const { stdout } = await promisify(execFile)(node, [path.join(__dirname, "load-generator.js"), JSON.stringify(options)]);
  const result = JSON.parse(stdout) as LoadResult;
  if (result.failed > 0) throw new Error(`${result.failed} answers were errors.`);
  return result;
}

interface Figure {
  readonly scenario: string;
  readonly peer: PeerName;
  /** medians over the rounds; p50 and p99 in ms */
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

interface Ratio {
  readonly scenario: string;
  readonly peer: PeerName;
  /** medians over the rounds of the ratio in each round; above 1: asterism is better */
  readonly requests: number;
  readonly p99: number;
  readonly target: number;
  readonly met: boolean;
}

async function measure(
  node: string,
  peers: Peers,
  series: Partial<Record<PeerName, Series>>,
  { question, connections, targets }: Scenario,
) {
  const names = Object.keys(series) as PeerName[];
  const once = (name: PeerName, seconds: number) =>
    load(node, { port: peers[name].port, connections, seconds, bodies: series[name]?.file ?? "" });
  for (const name of names) await once(name, WARM_UP_SECONDS);
  const rounds: Record<PeerName, LoadResult>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const results: Partial<Record<PeerName, LoadResult>> = {};
    for (const name of names) results[name] = await once(name, SECONDS);
    rounds.push(results as Record<PeerName, LoadResult>);
  }
  const scenario = `${question.name}, ${connections} connection${connections === 1 ? "" : "s"}`;
  const middle = (of: (round: Record<PeerName, LoadResult>) => number) => median(rounds.map(of));
  const figures = names.map((peer): Figure => {
    const [requestsPerSecond, p50, p99] = (["requestsPerSecond", "p50", "p99"] as const).map((key) => middle((round) => round[peer][key]));
    return { scenario, peer, requestsPerSecond: requestsPerSecond ?? 0, p50: p50 ?? 0, p99: p99 ?? 0 };
  });
  const ratios = (Object.entries(targets) as [PeerName, number][]).map(([peer, target]): Ratio => {
    const requests = middle((round) => round.asterism.requestsPerSecond / round[peer].requestsPerSecond);
    const p99 = middle((round) => round[peer].p99 / round.asterism.p99);
    return { scenario, peer, requests, p99, target, met: requests >= target && (peer === "floor" || p99 >= 1) };
  });
  return { figures, ratios };
}

function print(node: string, figures: readonly Figure[], ratios: readonly Ratio[]): void {
  process.stdout.write(`Node ${execFileSync(node, ["--version"]).toString()}`);
  for (const { scenario, peer, requestsPerSecond, p50, p99 } of figures)
    process.stdout.write(
      `${scenario}: ${peer} ${requestsPerSecond.toFixed(0)} requests/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms\n`,
    );
  for (const { scenario, peer, requests, p99, target, met } of ratios)
    process.stdout.write(
      `${scenario}: ${requests.toFixed(2)} of ${peer}'s requests/s (target ${target}), p99 ${p99.toFixed(2)} times shorter: ${met ? "met" : "MISSED"}\n`,
    );
}

async function run(url: string, installation: PeerInstallation): Promise<void> {
  await fillPeerSky(url);
  const peers = await startPeers(installation, url);
  try {
    const results = [];
    for (const scenario of SCENARIOS) {
      const series = await prepareSeries(peers, scenario.question, installation.folder);
      await compareAnswers(peers, series);
      results.push(await measure(installation.node, peers, series, scenario));
    }
    const [figures, ratios] = [results.flatMap((one) => one.figures), results.flatMap((one) => one.ratios)];
    if (options.json) process.stdout.write(`${JSON.stringify({ seconds: SECONDS, rounds: ROUNDS, figures, ratios }, null, 2)}\n`);
    else print(installation.node, figures, ratios);
    if (ratios.some(({ met }) => !met)) process.exitCode = 1;
  } finally {
    await Promise.all(Object.values(peers).map((peer) => peer.stop()));
  }
}

async function main(): Promise<void> {
  const installation = installPeer();
  const server = await benchServer();
  const admin = await openPostgresql(server.url, loadConfig());
  const name = "asterism_bench_peers";
  try {
    await admin.script(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.script(`CREATE DATABASE ${name}`);
    await run(new URL(`/${name}`, server.url).href, installation);
    await admin.script(`DROP DATABASE ${name} WITH (FORCE)`);
  } finally {
    await admin.close();
    server.stop();
    installation.remove();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
