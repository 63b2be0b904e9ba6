import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import { GraphQLError } from "graphql";
import { fieldExtensionsEstimator, getComplexity, simpleEstimator } from "graphql-query-complexity";
import type { Context } from "./context";

const ESTIMATORS = [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })];

type Operation = Pick<GraphQLRequestContextDidResolveOperation<Context>, "schema" | "document" | "request">;

/** @throws GraphQLError BAD_USER_INPUT where the variables are not what the operation declares */
function costOf({ schema, document, request }: Operation): number {
  const { operationName, variables } = request;
  try {
    return getComplexity({
      schema,
      query: document,
      estimators: ESTIMATORS,
      ...(operationName && { operationName }),
      ...(variables && { variables }),
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, { nodes: error.nodes, extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });
  }
}

/**
 * Refuses an operation that would cost too much, before anything of it runs. It knows the variables: `first: $n`
 * counts as what it asks for.
 */
export function costLimit(maximum: number): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation(operation) {
          const cost = costOf(operation);
          if (cost <= maximum) return;
          throw new GraphQLError(
            `The query would cost ${cost}, and ${maximum} is the limit (about one a field, lists multiplied by their length). Ask for fewer stars or fields at once.`,
            { extensions: { code: "QUERY_TOO_COSTLY", http: { status: 400 } } },
          );
        },
      };
    },
  };
}
