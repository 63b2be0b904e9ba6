import Fastify, { type FastifyInstance, LogController } from "fastify";
import type { Config } from "../config";
import { QUERY_LIMITS } from "../graphql/limits";
import type { Services } from "../graphql/services";
import { AllowedMethods } from "./allowed-methods";
import { answerError, answerNotFound } from "./answer-error";
import { refuseEncodedBodies } from "./body-encoding";
import { bulkRoutes } from "./bulk/bulk-routes";
import { allowOrigins } from "./cross-origin";
import { graphiql } from "./graphiql";
import { GraphqlRoute } from "./graphql-route";
import { acceptedHosts, checkHosts } from "./host-check";
import { readJsonBodies } from "./json-body";
import { addOversight, type OversightSettings } from "./oversight";
import { requestId } from "./request-id";
import { addSecurityHeaders } from "./security-headers";
import { virtualObservatory } from "./vo/virtual-observatory";

/** The HTTP server. It can listen at once, and answers queries between `serve` and `close`. */
export interface App {
  readonly http: FastifyInstance;
  serve(services: Services): Promise<void>;
  /** Stops accepting requests, waits for those in progress, then closes. */
  close(): Promise<void>;
}

/** Only what the GraphiQL page needs, all from this server. CodeMirror and the page's libraries add style elements. */
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

/** [ms] How long requests in progress may take during shutdown; orchestrators commonly kill the process after 30 s. */
const SHUTDOWN_GRACE_MS = 10_000;

/** [stars] longest page, as ASTERISM_MAX_PAGE_SIZE is if nobody sets it */
const DEFAULT_PAGE = 1000;

export interface AppSettings
  extends Pick<Config, "logLevel">,
    Partial<Pick<Config, "maxPageSize" | "host" | "hosts" | "corsOrigins">>,
    OversightSettings {
  /** destination of log lines; default: standard output */
  readonly logTo?: { write(line: string): void };
}

/** Builds the server; `http.listen` makes it reachable. */
export async function createApp({ logLevel, logTo, maxPageSize = DEFAULT_PAGE, ...settings }: AppSettings): Promise<App> {
  const http = Fastify({
    logger: { level: logLevel, ...(logTo && { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: QUERY_LIMITS.bodyBytes,
    requestTimeout: 60_000,
    trustProxy: settings.trustedProxies && settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    // A malformed URL: no hook sees the request.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply.header("x-request-id", request.id)),
  });
  let closing = false;
  let running: Services | null = null;
  const services = () => running;

  http.setErrorHandler(answerError);
  const allowed = new AllowedMethods(http);
  http.setNotFoundHandler((request, reply) => answerNotFound(allowed, request, reply));
  const { readiness, busy, admit } = await addOversight(http, settings, services);
  checkHosts(http, acceptedHosts(settings.hosts ?? null, settings.host ?? ""));
  allowOrigins(http, settings.corsOrigins ?? []);
  refuseEncodedBodies(http);
  addSecurityHeaders(http, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });
  http.addHook("onSend", (_request, reply, payload, next) => {
    // A kept connection would delay the shutdown until the grace period ends.
    if (closing) reply.header("connection", "close");
    next(null, payload);
  });
  readJsonBodies(http, maxPageSize);
  const graphql = new GraphqlRoute(http, services, admit);
  await http.register(virtualObservatory, { services, readiness, busy });
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
