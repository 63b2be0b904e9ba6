import type { FastifyPluginAsync } from "fastify";
import { readIdsInThread } from "../../catalogue/lookup/ids-thread";
import { openLookup } from "../../catalogue/lookup/lookup";
import { headJson } from "../../formats/table-head";
import type { Bulk } from "../bulk/bulk";
import { downloadEncoding, sendTable } from "../bulk/download";
import { originToday } from "../bulk/origin";
import { isTrue, type RawQuery, readParameters } from "../bulk/parameters";
import { requireFile, takeFiles } from "../bulk/posted-file";
import { whenGone } from "../when-closed";
import { LOOKUP_PARAMETERS, lookupRequest } from "./parameters";

/** `POST /lookup`: what is known of the stars of the client's own file, whose bytes are the body whatever their declared type. */
export const lookupRoute: FastifyPluginAsync<{ readonly bulk: Bulk }> = async (http, { bulk }) => {
  takeFiles(http);
  http.post<{ Querystring: RawQuery }>("/lookup", { config: { role: "bulk" } }, async (request, reply) => {
    const { database, registry } = bulk.services();
    requireFile(request);
    const parameters = readParameters(request.query, LOOKUP_PARAMETERS);
    bulk.reading.requireSoon();
    const pace = bulk.takePlace(reply);
    const { request: wanted, format } = await lookupRequest(registry, parameters);
    const { column, table } = parameters;
    const gone = whenGone(reply);
    const read = (file: string) => readIdsInThread(file, { column, table, release: wanted.release, name: "the file" }, gone);
    const ids = await bulk.uploads.with(request.raw, pace, (file) => bulk.reading.take(gone, () => read(file)));
    const { head, pieces } = await openLookup(database, ids, wanted, format, originToday(), gone);
    if (isTrue("about", parameters.about)) return reply.type("application/json").send(headJson(head));
    return sendTable(request, reply, pieces, { name: "lookup", format, encoding: downloadEncoding(request, format), order: "input", pace });
  });
};
