import type { FastifyPluginAsync } from "fastify";
import { openExport } from "../../catalogue/export/export";
import type { Bulk } from "../bulk/bulk-routes";
import { requireChunks, sendTable, whenGone } from "../bulk/download";
import { type RawQuery, readParameters } from "../bulk/parameters";
import { EXPORT_PARAMETERS, exportRequest } from "./parameters";

/** `GET /export/<table>`: whole tables as files. */
export const exportRoute: FastifyPluginAsync<Bulk> = async (http, { services, takePlace }) => {
  http.get<{ Params: { what: string }; Querystring: RawQuery }>("/export/:what", async (request, reply) => {
    const { database, registry } = services();
    requireChunks(request);
    const parameters = readParameters(request.query, EXPORT_PARAMETERS);
    const { request: wanted, format } = await exportRequest(registry, request.params.what, parameters);
    takePlace(reply);
    const { pieces } = await openExport(database, wanted, format, whenGone(reply));
    return sendTable(request, reply, pieces, { name: wanted.what, format, order: "source_id" });
  });
};
