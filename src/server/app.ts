import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import helmet from "@fastify/helmet";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RouteHandlerMethod,
} from "fastify";
import type { Config } from "../config";
import { startApollo } from "../graphql/apollo";
import { type Context, requestContexts } from "../graphql/context";
import { QUERY_LIMITS } from "../graphql/limits";
import type { Services } from "../graphql/services";
import { bulkRoutes } from "./bulk/bulk-routes";
import { whenGone } from "./bulk/download";
import { graphiql } from "./graphiql";
import { addGraphqlTags } from "./graphql-tags";
import { addHealth } from "./health/health";
import { addMetrics } from "./metrics/metrics";
import { addGuard } from "./overload/guard";
import { guardMetrics } from "./overload/guard-metrics";
import { requestId } from "./request-id";
import { addRequestLog } from "./request-log";
import { virtualObservatory } from "./vo/virtual-observatory";

/** The HTTP server: it listens at once, and answers queries from `serve` on until `close`. */
export interface App {
  readonly http: FastifyInstance;
  serve(services: Services): Promise<void>;
  /** Stops being ready, lets requests under way end, then closes. */
  close(): Promise<void>;
}

const NOT_READY = {
  errors: [{ message: "The server is starting or shutting down. Try again in a moment.", extensions: { code: "NOT_READY" } }],
};

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

/** A fault of ours says nothing of the inside; a fault of the request (too large, not JSON) is explained. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, "a request failed");
  const message = status >= 500 ? "Something went wrong inside. The server's log holds it under this request's id." : error.message;
  reply
    .code(status)
    .send({ errors: [{ message, extensions: { code: status >= 500 ? "INTERNAL" : "BAD_REQUEST", requestId: request.id } }] });
}

export interface AppSettings extends Pick<Config, "logLevel"> {
  /** requests under way at once; absent: no limit */
  readonly concurrency?: number;
  /** the collector that spans are sent to; absent: none are made */
  readonly otlpEndpoint?: string | null;
  /** of requests that are traced, 0 to 1 */
  readonly traceShare?: number;
}

/** Builds the server; `http.listen` makes it reachable. */
export async function createApp({ logLevel, concurrency, otlpEndpoint, traceShare = 1 }: AppSettings): Promise<App> {
  const http = Fastify({
    logger: { level: logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: QUERY_LIMITS.bodyBytes,
    requestTimeout: 60_000,
  });
  let apollo: ApolloServer<Context> | null = null;
  let answer: RouteHandlerMethod | null = null;
  let closing = false;
  let running: Services | null = null;

  http.setErrorHandler(answerError);
  addRequestLog(http);
  const metrics = addMetrics(http, () => running);
  if (concurrency) guardMetrics(metrics, addGuard(http, concurrency));
  if (otlpEndpoint) {
    // Loaded where it is wanted: tracing and its libraries cost nothing elsewhere.
    const { addTracing } = await import("./tracing/tracing.js");
    await addTracing(http, { endpoint: otlpEndpoint, share: traceShare });
  }
  await http.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });
  http.addHook("onSend", async (_request, reply) => {
    // Kept open, the connection of a request under way would hold up the shutdown until its patience ends.
    if (closing) reply.header("connection", "close");
  });
  addHealth(http, () => running);
  addGraphqlTags(http, () => running);
  http.route({
    method: ["GET", "POST"],
    url: "/graphql",
    config: { tagged: true },
    handler: async (request, reply) => (answer ? answer.call(http, request, reply) : reply.code(503).send(NOT_READY)),
  });
  await http.register(virtualObservatory, { database: () => running?.database ?? null });
  await http.register(bulkRoutes, { services: () => running });
  await http.register(graphiql);

  return {
    http,
    async serve(services) {
      apollo = await startApollo();
      running = services;
      const contextOf = requestContexts(services);
      answer = fastifyApolloHandler(apollo, {
        context: async ({ id, log, operation }, reply) => contextOf({ id, log, note: operation, gone: () => whenGone(reply) }),
      });
    },
    async close() {
      closing = true;
      answer = null;
      running = null;
      const impatience = setTimeout(() => http.server.closeAllConnections(), SHUTDOWN_GRACE_MS);
      await http.close();
      clearTimeout(impatience);
      await apollo?.stop();
    },
  };
}
