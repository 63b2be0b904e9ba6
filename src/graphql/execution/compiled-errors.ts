import { GraphQLError, locatedError } from "graphql";

type Path = readonly (string | number)[];

/**
 * A resolver's error as graphql-js would have located it. graphql-jit's own has a message that cannot be assigned to,
 * which plugins do.
 */
function relocated({ originalError, path, locations }: GraphQLError): GraphQLError {
  const error = locatedError(originalError, undefined, path);
  // A constructor takes nodes of a document, and the compiled query has kept their lines and columns.
  if (!error.locations) Object.defineProperty(error, "locations", { value: locations, enumerable: true });
  return error;
}

/** @returns the place in the data that is null for an error at `path`, as a text; null where the error's own field is it */
function nulledAbove(data: unknown, path: Path): string | null {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth).join();
    value = (value as Record<string | number, unknown>)[step];
  }
  return null;
}

/**
 * The errors of a compiled query's resolvers as graphql-js reports them: where several fields that must not be null fail
 * and take the same ancestor with them, the first one is the reason.
 *
 * @returns null where the compiled query itself found fault, for whose words graphql-js has to be asked
 */
export function resolverErrors(data: unknown, errors: readonly GraphQLError[]): GraphQLError[] | null {
  // A resolver may have thrown anything, a text as well.
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
