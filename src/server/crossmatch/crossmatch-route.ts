import type { FastifyPluginAsync } from "fastify";
import { checkMatchRadius } from "../../catalogue/position-match/match-file";
import { readObjectsInThread } from "../../catalogue/position-match/objects-thread";
import { openMatch } from "../../catalogue/position-match/open-match";
import type { ReadRows } from "../../catalogue/position-match/stars-around";
import { parseRelease } from "../../catalogue/release";
import type { Bulk } from "../bulk/bulk";
import { downloadEncoding, sendTable } from "../bulk/download";
import { originToday } from "../bulk/origin";
import { formatFrom, oneOf, type RawQuery, readParameters } from "../bulk/parameters";
import { requireFile, takeFiles } from "../bulk/posted-file";
import { whenGone } from "../when-closed";

const PARAMETERS = ["format", "release", "radius", "ra", "dec", "epoch", "error", "all", "table"] as const;

/** Objects of one file: matching them takes some seconds of the thread that answers requests, in steps of 10 ms. */
const MAX_OBJECTS = 100_000;

/** What is wanted of the file. @throws AppError BAD_INPUT naming the parameter */
function wantedOf(query: RawQuery) {
  const { format, release = "DR3", radius = "1", all = "false", table, ...positions } = readParameters(query, PARAMETERS);
  const radiusArcsec = radius.trim() === "" ? Number.NaN : Number(radius);
  checkMatchRadius(radiusArcsec);
  const settings = { release: parseRelease(release), radiusArcsec, all: oneOf("all", all, ["true", "false"]) === "true" };
  return { format: formatFrom(format), settings, objects: { positions, table, most: MAX_OBJECTS } };
}

/** `POST /crossmatch`: the stars that the objects of the client's own file are, whose bytes are the body whatever their declared type. */
export const crossmatchRoute: FastifyPluginAsync<{ readonly bulk: Bulk }> = async (http, { bulk }) => {
  takeFiles(http);
  http.post<{ Querystring: RawQuery }>("/crossmatch", { config: { role: "bulk" } }, async (request, reply) => {
    const { database } = bulk.services();
    requireFile(request);
    const { format, settings, objects: wanted } = wantedOf(request.query);
    bulk.reading.requireSoon();
    const pace = bulk.takePlace(reply);
    const gone = whenGone(reply);
    const read = (file: string) => readObjectsInThread({ ...wanted, file }, gone);
    const objects = await bulk.uploads.with(request.raw, pace, (file) => bulk.reading.take(gone, () => read(file)));
    const readRows: ReadRows = (sql) => bulk.statement(gone, () => database.bulkRows(sql, gone));
    const pieces = openMatch(readRows, objects, settings, format, originToday());
    const encoding = downloadEncoding(request, format);
    return sendTable(request, reply, pieces, { name: "crossmatch", format, encoding, order: "input", pace });
  });
};
