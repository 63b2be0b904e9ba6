import { GraphQLError, locatedError } from "graphql";

type Path = readonly (string | number)[];

/**
 * A resolver's error as graphql-js would have located it. The message of graphql-jit's own errors is read-only, but plugins
 * assign to it.
 */
function relocated({ originalError, path, locations }: GraphQLError): GraphQLError {
  const error = locatedError(originalError, undefined, path);
  // The constructor takes document nodes, but the compiled query has kept only their lines and columns.
  if (!error.locations) Object.defineProperty(error, "locations", { value: locations, enumerable: true });
  return error;
}

/** @returns the path of the ancestor that became null because of an error at `path`; null if only the field itself did */
function nulledAbove(data: unknown, path: Path): string | null {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth).join();
    value = (value as Record<string | number, unknown>)[step];
  }
  return null;
}

/**
 * The errors of a compiled query's resolvers as graphql-js reports them: if several non-null fields fail and make the same
 * ancestor null, only the first error is reported.
 *
 * @returns null if an error comes from the compiled query itself: only graphql-js gives it the standard wording
 */
export function resolverErrors(data: unknown, errors: readonly GraphQLError[]): GraphQLError[] | null {
  // A resolver may have thrown anything, even a string.
  if (errors.some(({ originalError }) => originalError === undefined || originalError === null)) return null;
  const explained = new Set<string>();
  return errors.map(relocated).filter(({ path = [] }) => {
    const place = nulledAbove(data, path);
    if (place === null) return true;
    if (explained.has(place)) return false;
    explained.add(place);
    return true;
  });
}
