import { createServer, type IncomingMessage } from "node:http";
import pg from "pg";
import { announce } from "./peer-process";

/**
 * The floor: Node's own HTTP server with three prepared statements per request, without GraphQL. It returns the JSON of the
 * point query and nothing else.
 */

const [url = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });

const STATEMENTS = {
  star: "SELECT source_id, ra, dec, parallax, phot_g_mean_mag, bp_rp FROM star WHERE release = 3 AND source_id = $1",
  labels: `SELECT c.name, l.object_id, l.teff, l.teff_error, l.logg, l.feh FROM survey_label l JOIN catalogue c ON c.id = l.catalogue_id
    WHERE l.release = 3 AND l.source_id = $1 ORDER BY c.name, l.object_id`,
  crossmatches: `SELECT c.name, m.object_id, m.separation, m.method FROM crossmatch m JOIN catalogue c ON c.id = m.catalogue_id
    WHERE m.release = 3 AND m.source_id = $1 ORDER BY c.name, m.object_id`,
};

async function rows(name: keyof typeof STATEMENTS, id: string): Promise<unknown[][]> {
  return (await pool.query({ name, text: STATEMENTS[name], values: [id], rowMode: "array" })).rows;
}

async function answer(id: string): Promise<string> {
  const [stars, labels, matches] = await Promise.all([rows("star", id), rows("labels", id), rows("crossmatches", id)]);
  const [sourceId, ra, dec, parallax, photGMeanMag, bpRp] = stars[0] ?? [];
  const surveyLabels = labels.map(([survey, objectId, teff, teffError, logg, feh]) => ({ survey, objectId, teff, teffError, logg, feh }));
  const crossmatches = matches.map(([catalogue, objectId, separation, method]) => ({ catalogue, objectId, separation, method }));
  return JSON.stringify({ data: { star: { sourceId, ra, dec, parallax, photGMeanMag, bpRp, surveyLabels, crossmatches } } });
}

async function bodyOf(request: IncomingMessage): Promise<{ variables: { id: string } }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

const server = createServer(async (request, response) => {
  const body = await answer((await bodyOf(request)).variables.id);
  response.setHeader("content-type", "application/json");
  response.setHeader("content-length", Buffer.byteLength(body));
  response.end(body);
});
announce(server);
