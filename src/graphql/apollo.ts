import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import { documentCache, persistedQueryCache } from "./caching/query-caches";
import type { Context } from "./context";
import { costLimit } from "./cost";
import { errorLog } from "./error-log";
import { compiledGateway, executor } from "./execution/compiled-gateway";
import { KnownOperations } from "./execution/known-operations";
import { formatError } from "./format-error";
import { overlapLimit } from "./input/overlap-limit";
import { QUERY_LIMITS } from "./limits";
import { noteOperation } from "./operation-note";
import { buildApi } from "./schema";

/** The API, which `src/server` connects to HTTP. */
export interface Api {
  /** Started; can answer every request. */
  readonly apollo: ApolloServer<Context>;
  /** Answers faster what Apollo has answered before. */
  readonly known: KnownOperations;
}

/** Builds the schema and starts Apollo Server. */
export async function startApi(): Promise<Api> {
  const schema = buildApi();
  const execute = executor(schema);
  const known = new KnownOperations(execute);
  const armor = new ApolloArmor({
    blockFieldSuggestion: { enabled: false },
    // cost.ts limits the cost, because it knows the values of variables.
    costLimit: { enabled: false },
    maxAliases: { n: QUERY_LIMITS.aliases },
    maxDepth: { n: QUERY_LIMITS.depth },
    maxDirectives: { n: QUERY_LIMITS.directives },
    // graphql-js limits tokens while it parses (`parseOptions`).
    maxTokens: { enabled: false },
  }).protect();
  const apollo = new ApolloServer<Context>({
    gateway: compiledGateway<Context>(schema, execute, ({ executed }) => executed),
    formatError,
    introspection: true,
    allowBatchedHttpRequests: false,
    documentStore: documentCache(),
    persistedQueries: { cache: persistedQueryCache() },
    csrfPrevention: true,
    parseOptions: { maxTokens: QUERY_LIMITS.tokens },
    validationRules: [overlapLimit, ...armor.validationRules],
    validationOptions: { maxErrors: QUERY_LIMITS.listedFaults },
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    plugins: [
      ...armor.plugins,
      // The cache-control plug-in is on by default and wraps every field, which doubles the time of lists.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costLimit(QUERY_LIMITS.cost),
      errorLog,
      noteOperation,
      known.learn,
    ],
  });
  await apollo.start();
  return { apollo, known };
}
