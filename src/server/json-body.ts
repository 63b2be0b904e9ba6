import type { FastifyInstance } from "fastify";
import { checkJsonSize } from "../graphql/input/json-size";

/**
 * Reads bodies of JSON as Fastify does, except that their size in values is checked before they are parsed.
 *
 * @param page [stars] the longest that may be asked for
 */
export function readJsonBodies(http: FastifyInstance, page: number): void {
  const parse = http.getDefaultJsonParser("error", "error");
  http.removeContentTypeParser("application/json");
  http.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
    try {
      checkJsonSize(body, page);
    } catch (error) {
      return done(error as Error, undefined);
    }
    return parse(request, body, done);
  });
}
