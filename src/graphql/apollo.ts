import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { ApolloArmor } from "@escape.tech/graphql-armor";
import { documentCache, persistedQueryCache } from "./caching/query-caches";
import type { Context } from "./context";
import { costLimit } from "./cost";
import { errorLog } from "./error-log";
import { compiledGateway } from "./execution/compiled-gateway";
import { formatError } from "./format-error";
import { QUERY_LIMITS } from "./limits";
import { noteOperation } from "./operation-note";
import { buildApi } from "./schema";

/** Starts Apollo Server with the API; `src/server` connects it to HTTP. */
export async function startApollo(): Promise<ApolloServer<Context>> {
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
    gateway: compiledGateway(buildApi()),
    formatError,
    introspection: true,
    allowBatchedHttpRequests: false,
    documentStore: documentCache(),
    persistedQueries: { cache: persistedQueryCache() },
    csrfPrevention: true,
    parseOptions: { maxTokens: QUERY_LIMITS.tokens },
    validationRules: armor.validationRules,
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
    ],
  });
  await apollo.start();
  return apollo;
}
