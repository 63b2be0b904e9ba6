import type { FastifyPluginAsync } from "fastify";
import { openExport } from "../../catalogue/export/export";
import type { ExportRequest } from "../../catalogue/export/export-request";
import { dataState } from "../../database/data-state";
import type { TableFormatName } from "../../formats/table-formats";
import { headJson } from "../../formats/table-head";
import type { Bulk } from "../bulk/bulk";
import { downloadEncoding, requireChunks, sendTable } from "../bulk/download";
import { isUnchanged, weakTag } from "../bulk/etag";
import { originToday } from "../bulk/origin";
import { isTrue, type RawQuery, readParameters } from "../bulk/parameters";
import { whenGone } from "../when-closed";
import { EXPORT_PARAMETERS, exportRequest } from "./parameters";

/** What is exported, its format and its compression. */
const nameOf = (request: ExportRequest, format: TableFormatName, encoding = "identity", headOnly = false) =>
  JSON.stringify({ ...request, after: String(request.after), format, encoding, headOnly });

/** `GET /export/<table>`: whole tables as files. */
export const exportRoute: FastifyPluginAsync<{ readonly bulk: Bulk }> = async (http, { bulk }) => {
  const config = { role: "bulk" } as const;
  http.get<{ Params: { what: string }; Querystring: RawQuery }>("/export/:what", { config }, async (request, reply) => {
    const { database, registry, version } = bulk.services();
    requireChunks(request);
    // These requests often end without a download, so they get their tag even if no place is free.
    const brief = request.method === "HEAD" || request.headers["if-none-match"] !== undefined;
    const pace = brief ? null : bulk.takePlace(reply);
    const gone = whenGone(reply);
    const parameters = readParameters(request.query, EXPORT_PARAMETERS);
    const { state, wanted, format } = await bulk.ask(gone, async () => {
      // Read before anything else, so that later writes change the next tag.
      const now = await dataState(database);
      const asked = await exportRequest(registry, request.params.what, parameters);
      return { state: now, wanted: asked.request, format: asked.format };
    });
    const encoding = downloadEncoding(request, format);
    const headOnly = isTrue("about", parameters.about);
    const tag = weakTag(version, state, nameOf(wanted, format, encoding?.name, headOnly));
    if (isUnchanged(request, reply.header("vary", "accept-encoding"), tag, "no-cache")) return reply.code(304).send();
    if (request.method === "HEAD") return reply.send();
    const order = wanted.what === "objects" ? "object_id" : "source_id";
    const download = { name: wanted.what, format, encoding, order, pace: pace ?? bulk.takePlace(reply) } as const;
    const { head, pieces } = await openExport(database, wanted, format, originToday(), gone);
    if (headOnly) return reply.type("application/json").send(headJson(head));
    return sendTable(request, reply, pieces, download);
  });
};
