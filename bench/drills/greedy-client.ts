import { Worker } from "node:worker_threads";
import { makeSky } from "../../src/catalogue/synthetic-sky/make-sky";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openDrillServices } from "./drill-services";
import type { CrowdOptions, CrowdResult } from "./two-clients";

const STARS = 20_000;
/** How much longer a star may take its honest client while another client asks for as much as it can. */
const LONGEST_MS = 100;

/** Connections, and pages in each query. */
const ATTACKS = [
  [0, 0],
  [32, 40],
  [128, 40],
  [32, 48],
  [128, 48],
] as const;

function crowd(options: CrowdOptions): Promise<CrowdResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(require.resolve("./two-clients"), { workerData: options });
    worker.once("message", resolve).once("error", reject);
  });
}

/** One client with legal but dear queries on many connections must not take the service from another one. */
export async function greedyClientDrill(): Promise<string[]> {
  const database = await openEmbedded(null);
  await migrate(database);
  await makeSky(database, { stars: STARS, seed: 1 });
  const services = await openDrillServices(database);
  const [row] = await database.query<{ id: bigint }>("SELECT source_id AS id FROM star LIMIT 1 OFFSET 100");
  const app = await createApp({ logLevel: "silent", concurrency: 32 });
  await app.serve(services);
  const url = await listen(app, { host: "127.0.0.1", port: 0 });
  const bad: string[] = [];
  try {
    for (const [greedy, pages] of ATTACKS) {
      const result = await crowd({ url, greedy, pages, star: row!.id.toString(), seconds: 8 });
      const line = `${greedy} greedy connections with ${pages} pages a query (${result.greedyAnswered} answered, ${result.greedyRefused} refused): a star p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ${result.answered} answered, ${result.refused} refused`;
      process.stdout.write(`${line}\n`);
      if (result.refused > 0 || result.p50 > LONGEST_MS) bad.push(line);
    }
  } finally {
    await app.close();
    await services.close();
  }
  return bad;
}
