import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { PACKAGE_ROOT } from "../../src/config";
import { freshDatabase } from "../fresh-database";
import type { LoadOptions, LoadResult } from "../peers/load-generator";
import { type Peer, startPeer } from "../peers/peer-process";
import { fillPeerSky } from "../peers/peer-sky";
import { QUESTIONS, type Question } from "../peers/questions";
import { benchServer } from "../postgresql-server";
import type { ArrivalOptions, ArrivalResult } from "./arrivals";

/**
 * What a server does when four times as much is asked of it as it can do: requests come at seven tenths of its
 * capacity, then at four times of it, whatever the answers take. Ends with 1 if the accepted ones' 99th percentile is
 * more than twice what it was before, if less than 60% of the capacity is answered, if anything is refused before, or where an
 * answer is neither data nor a refusal that says when to come again.
 */
const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, seconds: { type: "string", default: "15" } },
});
const SECONDS = Number(options.seconds);
const CAPACITY_CONNECTIONS = 16;
const [NORMAL_LOAD, SPIKE_LOAD, LONGEST] = [0.7, 4, 2];
/** share of the capacity that is to be answered in spite of the refusals */
const LEAST_ANSWERED = 0.6;

const run = promisify(execFile);

async function inProcess<Result>(program: string, settings: LoadOptions | ArrivalOptions): Promise<Result> {
  const { stdout } = await run(process.execPath, [path.join(__dirname, program), JSON.stringify(settings)]);
  return JSON.parse(stdout) as Result;
}

interface Figure {
  readonly question: string;
  /** requests a second that 16 connections in a closed loop got */
  readonly capacity: number;
  readonly normal: ArrivalResult;
  readonly spike: ArrivalResult;
}

async function writeSeries(question: Question, { port }: Peer, folder: string): Promise<string> {
  const query = question.texts.asterism!;
  const variables = await question.variables("asterism", async (text, given) => {
    const body = JSON.stringify({ query: text, variables: given });
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return ((await answer.json()) as { data: unknown }).data;
  });
  const file = path.join(folder, `${question.name}.jsonl`);
  writeFileSync(file, variables.map((given) => JSON.stringify({ query, variables: given })).join("\n"));
  return file;
}

async function measure(question: Question, peer: Peer, folder: string): Promise<Figure> {
  const bodies = await writeSeries(question, peer, folder);
  const { port } = peer;
  const closed = { port, bodies, connections: CAPACITY_CONNECTIONS, seconds: 5 };
  await inProcess<LoadResult>("../peers/load-generator.js", closed); // until everything is compiled
  const { requestsPerSecond: capacity } = await inProcess<LoadResult>("../peers/load-generator.js", closed);
  const arrivals = (load: number) =>
    inProcess<ArrivalResult>("arrivals.js", { port, bodies, rate: Math.round(load * capacity), seconds: SECONDS });
  return { question: question.name, capacity, normal: await arrivals(NORMAL_LOAD), spike: await arrivals(SPIKE_LOAD) };
}

function print(figure: Figure): void {
  const { question, capacity, normal, spike } = figure;
  process.stdout.write(`${question}: ${capacity.toFixed(0)} requests/s\n`);
  for (const [load, result] of [
    [NORMAL_LOAD, normal],
    [SPIKE_LOAD, spike],
  ] as const) {
    const { accepted, refused, failed, unsent, acceptedP99, refusedP99 } = result;
    process.stdout.write(
      `  at ${load} of it: ${accepted} accepted, p99 ${acceptedP99.toFixed(1)} ms; ${refused} refused, p99 ${refusedP99.toFixed(1)} ms; ${failed} failed; ${unsent} not sent\n`,
    );
  }
  process.stdout.write(`  ratio of the accepted p99: ${(spike.acceptedP99 / normal.acceptedP99).toFixed(2)} (at most ${LONGEST})\n`);
  process.stdout.write(`  answered at ${SPIKE_LOAD}: ${answeredShare(figure).toFixed(2)} of the capacity (at least ${LEAST_ANSWERED})\n`);
}

const answeredShare = ({ capacity, spike }: Figure) => spike.accepted / (SECONDS * capacity);

const isKept = (figure: Figure) => {
  const { normal, spike } = figure;
  const isWhole = normal.failed + spike.failed + normal.refused === 0 && spike.refused > 0;
  return isWhole && spike.acceptedP99 <= LONGEST * normal.acceptedP99 && answeredShare(figure) >= LEAST_ANSWERED;
};

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-overload-"));
  const server = await benchServer();
  try {
    const url = await freshDatabase(server, "asterism_bench_overload");
    await fillPeerSky(url);
    const program = path.join(PACKAGE_ROOT, "dist/src/cli/main.js");
    const figures: Figure[] = [];
    for (const question of Object.values(QUESTIONS)) {
      // A server of its own: what it holds to be normal, and whether it is pressed, is not left over from another question.
      const peer = await startPeer(process.execPath, [program, "serve", "--port", "0"], { DATABASE_URL: url, ASTERISM_DATA_DIR: folder });
      figures.push(await measure(question, peer, folder));
      await peer.stop();
    }
    if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    else figures.forEach(print);
    if (!figures.every(isKept)) process.exitCode = 1;
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
