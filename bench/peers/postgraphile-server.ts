import { createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { announce } from "./peer-process";

/**
 * PostGraphile as its documentation recommends for production: its default preset, a pool as large as asterism's, and lists
 * instead of connections for the rows of a star.
 */

interface Grafserv {
  addTo(server: ReturnType<typeof createServer>): Promise<void>;
}

const [folder = "", url = ""] = process.argv.slice(2);
const load = createRequire(path.join(folder, "package.json"));
const { postgraphile } = load("postgraphile") as { postgraphile(preset: object): { createServ(grafserv: unknown): Grafserv } };
const { PostGraphileAmberPreset } = load("postgraphile/presets/amber") as { PostGraphileAmberPreset: object };
const { makePgService } = load("postgraphile/adaptors/pg") as { makePgService(options: object): object };
const { grafserv } = load("postgraphile/grafserv/node") as { grafserv: unknown };

async function main(): Promise<void> {
  const pgl = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString: url, schemas: ["public"], pubsub: false, poolConfig: { max: 10 } })],
    schema: { defaultBehavior: "+connection +list" },
    grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
    grafast: { explain: false },
  });
  const server = createServer((() => undefined) as RequestListener);
  server.removeAllListeners("request");
  await pgl.createServ(grafserv).addTo(server);
  announce(server);
}

void main();
