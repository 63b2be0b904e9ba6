import { crowd } from "./crowd";
import { STAR, withFilledServer } from "./filled-server";

const STARS = 20_000;
const SECONDS = 8;
/** [ms] Longest median of an honest client's star while another client asks for as much as it can. */
const LONGEST_MS = 100;

/** Connections, and pages in each query: 48 are above the limit of cost, 40 below. */
const ATTACKS = [
  [0, 0],
  [32, 40],
  [128, 40],
  [32, 48],
  [128, 48],
] as const;

async function attack(url: string, greedy: number, pages: number): Promise<string[]> {
  const result = await crowd({ url, greedy, pages, star: STAR, seconds: SECONDS });
  const { p50, p99, answered, refused, greedyAnswered, greedyRefused } = result;
  const line = `${greedy} greedy connections with ${pages} pages a query (${greedyAnswered} answered, ${greedyRefused} refused): a star p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${answered} answered, ${refused} refused`;
  process.stdout.write(`${line}\n`);
  return refused > 0 || p50 > LONGEST_MS ? [line] : [];
}

/** One client with dear queries on many connections must not take the service from another one. */
export function greedyClientDrill(): Promise<string[]> {
  return withFilledServer(STARS, async (url) => {
    const bad: string[] = [];
    for (const [greedy, pages] of ATTACKS) bad.push(...(await attack(url, greedy, pages)));
    return bad;
  });
}
