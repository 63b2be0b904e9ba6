import { GraphQLError } from "graphql";

/**
 * An error of a compiled query as graphql-js would have made it. graphql-jit's own has a message and extensions that
 * cannot be assigned to, which plugins do, and shares the extensions with the error that a resolver threw.
 */
export function asGraphqlError(error: GraphQLError): GraphQLError {
  const { message, path, originalError, locations } = error;
  const rebuilt = new GraphQLError(message, { path, originalError, extensions: { ...error.extensions } });
  // Its constructor takes places in a source text, and the compiled query has kept lines and columns.
  Object.defineProperty(rebuilt, "locations", { value: locations, enumerable: true });
  return rebuilt;
}
