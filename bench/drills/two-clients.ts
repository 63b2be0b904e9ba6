import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { quantile } from "../../src/science/statistics";

/** Two clients, at two addresses of this machine: one asks for a star now and then, the other for as much as it can. */
export interface CrowdOptions {
  readonly url: string;
  /** connections of the greedy client, each in a closed loop */
  readonly greedy: number;
  /** pages of 500 stars in each of its queries */
  readonly pages: number;
  /** what it downloads again and again instead of asking queries */
  readonly download?: string;
  readonly star: string;
  readonly seconds: number;
}

export interface CrowdResult {
  readonly answered: number;
  readonly refused: number;
  /** [ms] of the honest client's answers */
  readonly p50: number;
  readonly p99: number;
  readonly greedyAnswered: number;
  readonly greedyRefused: number;
}

/** @returns the status; 0 if the connection broke */
function post(url: string, agent: Agent, query: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(`${url}/graphql`, { method: "POST", agent, headers: { "content-type": "application/json" } }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", () => resolve(0));
    sent.end(JSON.stringify({ query }));
  });
}

/** @returns the status once the whole answer has been read */
function download(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { agent }, (answer) => {
      answer.resume().once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", () => resolve(0)).end();
  });
}

/** Below the limit of cost, 50,000, with 40 pages, and above it with 48. */
const dear = (pages: number) => `{ ${Array.from({ length: pages }, (_, n) => `a${n}: stars(first: 500) { nodes { ra } }`).join(" ")} }`;

async function run({ url, greedy, pages, download: path, star, seconds }: CrowdOptions): Promise<CrowdResult> {
  const until = performance.now() + 1000 * seconds;
  const goesOn = () => performance.now() < until;
  const counts = { answered: 0, refused: 0, greedyAnswered: 0, greedyRefused: 0 };
  const times: number[] = [];
  const query = dear(pages);
  const ask = () => (path ? download(url + path, attacker) : post(url, attacker, query));
  const attacker = new Agent({ keepAlive: true, localAddress: "127.0.0.2", maxSockets: greedy || 1 });
  const honest = new Agent({ keepAlive: true, localAddress: "127.0.0.1" });
  const attack = async () => {
    while (goesOn()) (await ask()) === 200 ? counts.greedyAnswered++ : counts.greedyRefused++;
  };
  const askStars = async () => {
    while (goesOn()) {
      const asked = performance.now();
      const status = await post(url, honest, `{ star(sourceId: "${star}") { ra dec parallax } }`);
      times.push(performance.now() - asked);
      status === 200 ? counts.answered++ : counts.refused++;
      await pause(20);
    }
  };
  await Promise.all([...Array.from({ length: greedy }, attack), askStars()]);
  for (const agent of [attacker, honest]) agent.destroy();
  times.sort((a, b) => a - b);
  return { ...counts, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

run(workerData as CrowdOptions).then((result) => parentPort?.postMessage(result));
