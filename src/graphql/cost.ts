import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { Context } from "./context";
import { costOf } from "./operation-cost";

/**
 * Refuses an operation that would cost too much, before it runs. It uses the values of variables: `first: $n` costs as much
 * as the literal number. What it lets through may still have to wait, or its client may have spent its budget.
 */
export function costLimit(maximum: number): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation(operation) {
          const cost = costOf(operation);
          if (cost <= maximum) return operation.contextValue.admit(cost);
          throw new GraphQLError(
            `The query would cost ${cost}, and ${maximum} is the limit (about one a field, lists multiplied by their length). Ask for fewer stars or fields at once.`,
            { extensions: { code: "QUERY_TOO_COSTLY", http: { status: 400 } } },
          );
        },
      };
    },
  };
}
