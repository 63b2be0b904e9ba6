import type { FastifyPluginAsync } from "fastify";
import { readIdsInThread } from "../../catalogue/lookup/ids-thread";
import { openLookup } from "../../catalogue/lookup/lookup";
import { AppError } from "../../errors";
import type { Bulk } from "../bulk/bulk-routes";
import { downloadEncoding, requireChunks, sendTable } from "../bulk/download";
import { type RawQuery, readParameters } from "../bulk/parameters";
import { whenGone } from "../when-closed";
import { LOOKUP_PARAMETERS, lookupRequest } from "./parameters";
import { withUpload } from "./upload";

/** `POST /lookup`: what is known of the stars of the client's own file, whose bytes are the body whatever their declared type. */
export const lookupRoute: FastifyPluginAsync<Bulk> = async (http, { services, takePlace }) => {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("*", (_request, _body, done) => done(null));
  http.post<{ Querystring: RawQuery }>("/lookup", async (request, reply) => {
    const { database, registry } = services();
    requireChunks(request);
    if (request.headers["content-type"]?.startsWith("multipart/"))
      throw new AppError("BAD_INPUT", "The body must be the file itself, not a form with it: `curl --data-binary @ids.csv`, not `-F`.");
    const parameters = readParameters(request.query, LOOKUP_PARAMETERS);
    const { request: wanted, format } = await lookupRequest(registry, parameters);
    takePlace(reply);
    const gone = whenGone(reply);
    const ids = await withUpload(request.raw, (file) => readIdsInThread(file, { column: parameters.column, name: "the file" }, gone));
    const pieces = await openLookup(database, ids, wanted, format, gone);
    return sendTable(request, reply, pieces, { name: "lookup", format, encoding: downloadEncoding(request, format), order: "input" });
  });
};
