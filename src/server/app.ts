import Fastify, { type FastifyInstance, LogController } from "fastify";
import type { Config } from "../config";
import { QUERY_LIMITS } from "../graphql/limits";
import type { Services } from "../graphql/services";
import { answerError, answerNotFound } from "./answer-error";
import { bulkRoutes } from "./bulk/bulk-routes";
import { graphiql } from "./graphiql";
import { GraphqlRoute } from "./graphql-route";
import { addOversight, type OversightSettings } from "./oversight";
import { requestId } from "./request-id";
import { addSecurityHeaders } from "./security-headers";
import { virtualObservatory } from "./vo/virtual-observatory";

/** The HTTP server: it listens at once, and answers queries from `serve` on until `close`. */
export interface App {
  readonly http: FastifyInstance;
  serve(services: Services): Promise<void>;
  /** Stops being ready, lets requests under way end, then closes. */
  close(): Promise<void>;
}

/** Only what the page needs, all of it from here. CodeMirror and the page's libraries add style elements of their own. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    fontSrc: ["'self'", "data:"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** How long requests under way may take to end once the server shuts down [ms]; orchestrators commonly kill after 30 s. */
const SHUTDOWN_GRACE_MS = 10_000;

export interface AppSettings extends Pick<Config, "logLevel">, OversightSettings {
  /** where lines of the log go; absent: standard output */
  readonly logTo?: { write(line: string): void };
}

/** Builds the server; `http.listen` makes it reachable. */
export async function createApp({ logLevel, logTo, ...oversight }: AppSettings): Promise<App> {
  const http = Fastify({
    logger: { level: logLevel, ...(logTo && { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: QUERY_LIMITS.bodyBytes,
    requestTimeout: 60_000,
    // A path that cannot be read as one: no hook sees its request.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.header("x-request-id", request.id)),
  });
  let closing = false;
  let running: Services | null = null;
  const services = () => running;

  http.setErrorHandler(answerError);
  http.setNotFoundHandler(answerNotFound);
  await addOversight(http, oversight, services);
  await addSecurityHeaders(http, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });
  http.addHook("onSend", async (_request, reply) => {
    // Kept open, the connection of a request under way would hold up the shutdown until its patience ends.
    if (closing) reply.header("connection", "close");
  });
  const graphql = new GraphqlRoute(http, services);
  await http.register(virtualObservatory, { database: () => running?.database ?? null });
  await http.register(bulkRoutes, { services });
  await http.register(graphiql);

  return {
    http,
    async serve(given) {
      await graphql.open(given);
      running = given;
    },
    async close() {
      closing = true;
      running = null;
      graphql.close();
      const impatience = setTimeout(() => http.server.closeAllConnections(), SHUTDOWN_GRACE_MS);
      await http.close();
      clearTimeout(impatience);
      await graphql.stop();
    },
  };
}
