import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import type { ExecutionResult, GraphQLSchema } from "graphql";
import { timed } from "../../telemetry/signal";
import { cacheUsed, operationExecuted } from "../../telemetry/signals";
import { CompiledQueries, type Execution } from "./compiled-queries";

type Gateway = ApolloServerOptionsWithGateway<BaseContext>["gateway"];

export type Execute = (execution: Execution) => Promise<ExecutionResult>;

/** Executes operations of a schema, and tells signals about it. */
export function executor(schema: GraphQLSchema): Execute {
  const queries = new CompiledQueries(schema, (engine) => cacheUsed.tell({ cache: "compiled", hit: engine === "compiled" }));
  return (execution) => timed(operationExecuted, {}, () => queries.execute(execution));
}

/**
 * Lets Apollo use another execution engine: posing as a gateway replaces execution and keeps everything else.
 *
 * @param executed the result in a request's context, if it was executed before Apollo was asked
 */
export function compiledGateway<Context extends BaseContext>(
  schema: GraphQLSchema,
  execute: Execute,
  executed: (context: Context) => Promise<ExecutionResult> | null,
): Gateway {
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    load: async () => ({
      executor: ({ document, operation, queryHash, request, context }) =>
        executed(context as Context) ??
        execute({
          document,
          operation,
          operationName: request.operationName,
          queryHash,
          variables: request.variables ?? {},
          context,
        }),
    }),
    stop: async () => undefined,
  };
}
