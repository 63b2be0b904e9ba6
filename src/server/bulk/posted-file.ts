import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../../errors";
import { requireChunks } from "./download";

/** Has a route's bodies left as they are: the client's own file, whatever type it declares. */
export function takeFiles(http: FastifyInstance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("*", (_request, _body, done) => done(null));
}

/** @throws AppError BAD_INPUT if the request cannot be answered with a download, or its body is a form around the file */
export function requireFile(request: FastifyRequest): void {
  requireChunks(request);
  if (request.headers["content-type"]?.startsWith("multipart/"))
    throw new AppError("BAD_INPUT", "The body must be the file itself, not a form with it: `curl --data-binary @ids.csv`, not `-F`.");
}
