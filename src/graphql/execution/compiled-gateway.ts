import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import { CompiledQueries, type Engine } from "./compiled-queries";

type Gateway = ApolloServerOptionsWithGateway<BaseContext>["gateway"];

/** Apollo's way of letting another engine execute: it believes that a gateway answers, and keeps everything else. */
export function compiledGateway(schema: GraphQLSchema, onExecution?: (engine: Engine) => void): Gateway {
  const queries = new CompiledQueries(schema, onExecution);
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    load: async () => ({
      executor: ({ document, operation, queryHash, request, context }) =>
        queries.execute({ document, operation, queryHash, variables: request.variables ?? {}, context }),
    }),
    stop: async () => undefined,
  };
}
