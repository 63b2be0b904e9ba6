import { Worker } from "node:worker_threads";
import type { CrowdOptions, CrowdResult } from "./two-clients";

/** Lets two clients ask a server, from a thread of their own. */
export function crowd(options: CrowdOptions): Promise<CrowdResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(require.resolve("./two-clients"), { workerData: options });
    worker.once("message", resolve).once("error", reject);
  });
}
