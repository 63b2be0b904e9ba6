import { type Config, loadConfig, VERSION } from "../config";
import { connectToServe } from "../database/connect";
import type { Database } from "../database/database";
import { MODALITIES } from "../modalities/modalities";
import { Predictor } from "../models/predictor";
import { Registry } from "../models/registry/registry";
import { createApp } from "../server/app";
import { isLoopback } from "../server/host-check";
import { listen, terminationSignal } from "../server/listen";
import { type DefineCommand, note } from "./command";
import { welcome } from "./welcome";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly port?: number;
  readonly host?: string;
  readonly demo?: boolean;
}

/** What everyone in the network may do, told before it is possible. */
function openToNetwork({ host, hosts, metricsToken }: Config): string {
  const metrics = metricsToken === null ? " /metrics is open too, unless ASTERISM_METRICS_TOKEN is set." : "";
  const names = hosts === null ? " Any Host header is accepted, unless ASTERISM_HOSTS lists the server's names." : "";
  return `HOST ${host} opens the server to its network: everyone there may read all data and use all models, over plain HTTP and without a password.${metrics}${names} See docs/operations.md.`;
}

/** Serves until a signal arrives, then finishes the requests in progress. */
async function serveUntilSignal(config: Config, prepare: (database: Database) => Promise<void>): Promise<void> {
  const app = await createApp(config);
  if (!isLoopback(config.host)) note(openToNetwork(config));
  // Listen first, so that a taken port is reported before any long work begins.
  const address = await listen(app, config);
  const database = await connectToServe(config, prepare).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const stopped = terminationSignal();
  const registry = new Registry(database, config.dataDir);
  const predictor = new Predictor(registry, MODALITIES, config);
  try {
    await app.serve({ database, registry, predictor, version: VERSION, maxPageSize: config.maxPageSize });
    process.stdout.write(await welcome(database, registry, address));
    await stopped;
    note("finishing the requests in progress, for 10 s at most. Ctrl-C again ends at once.");
  } finally {
    await app.close();
    await predictor.close();
    await database.close();
  }
}

export const defineServe: DefineCommand = (program) => {
  program
    .command("serve")
    .description("serve the GraphQL API, with GraphiQL at /")
    .option("--port <port>", "port to listen on, instead of PORT", wholeNumber("--port", 0, 65_535))
    .option("--host <host>", "address to listen on, instead of HOST")
    .option("--demo", "fill an empty database first: a synthetic sky, two small models and their predictions")
    .action(async ({ port, host, demo }: Options) => {
      const config = loadConfig({ ...(port !== undefined && { port }), ...(host !== undefined && { host }) });
      await serveUntilSignal(config, async (database) => {
        // The demonstration trains models; a server without it starts without the code that does.
        if (demo) await (await import("./demo.js")).prepareDemo(database, config);
      });
    });
};
