import { GraphQLError } from "graphql";

/**
 * @param what of the request is too large
 * @param most that is accepted of it
 * @param given what came instead
 * @throws GraphQLError REQUEST_TOO_LARGE, status 400
 */
export function tooLarge(what: string, most: string, given: string): never {
  throw new GraphQLError(`${what} may have at most ${most}, not ${given}. Send less in one request.`, {
    extensions: { code: "REQUEST_TOO_LARGE", http: { status: 400 } },
  });
}
