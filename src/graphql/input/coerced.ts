import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from "graphql";
import { LISTED_FAULTS } from "../limits";

/** [characters] A message repeats what the client sent. */
const MESSAGE_LENGTH = 500;

function shortened(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, originalError, extensions } = error;
  if (message.length <= MESSAGE_LENGTH) return error;
  return new GraphQLError(`${message.slice(0, MESSAGE_LENGTH)}...`, { nodes, source, positions, path, originalError, extensions });
}

export type Coerced =
  | { readonly values: Record<string, unknown>; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly values?: undefined };

/** The variables with the types that the operation declares, or the first faults in graphql-js' own words. */
export function coerced(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): Coerced {
  const result = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: LISTED_FAULTS });
  // Beyond its limit graphql-js adds an error that there are more.
  return result.errors ? { errors: result.errors.slice(0, LISTED_FAULTS).map(shortened) } : { values: result.coerced };
}
