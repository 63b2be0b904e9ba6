import type { FastifyPluginAsync } from "fastify";
import { openExport } from "../../catalogue/export/export";
import type { ExportRequest } from "../../catalogue/export/statement";
import { dataState } from "../../database/data-state";
import type { TableFormatName } from "../../formats/table-formats";
import type { Bulk } from "../bulk/bulk-routes";
import { downloadEncoding, requireChunks, sendTable } from "../bulk/download";
import { entityTag, isUnchanged } from "../bulk/etag";
import { type RawQuery, readParameters } from "../bulk/parameters";
import { whenGone } from "../when-closed";
import { EXPORT_PARAMETERS, exportRequest } from "./parameters";

/** What is exported, its format and its compression. */
const nameOf = (request: ExportRequest, format: TableFormatName, encoding = "identity") =>
  JSON.stringify({ ...request, after: String(request.after), format, encoding });

/** `GET /export/<table>`: whole tables as files. */
export const exportRoute: FastifyPluginAsync<Bulk> = async (http, { services, takePlace }) => {
  http.get<{ Params: { what: string }; Querystring: RawQuery }>("/export/:what", async (request, reply) => {
    const { database, registry, version } = services();
    requireChunks(request);
    // Asked before anything else is read: what is written from now on is in the next answer's tag.
    const state = await dataState(database);
    const parameters = readParameters(request.query, EXPORT_PARAMETERS);
    const { request: wanted, format } = await exportRequest(registry, request.params.what, parameters);
    const encoding = downloadEncoding(request, format);
    const tag = entityTag(version, state, nameOf(wanted, format, encoding?.name));
    if (isUnchanged(request, reply.header("vary", "accept-encoding"), tag, "no-cache")) return reply.code(304).send();
    takePlace(reply);
    const { pieces } = await openExport(database, wanted, format, whenGone(reply));
    return sendTable(request, reply, pieces, { name: wanted.what, format, encoding, order: "source_id" });
  });
};
