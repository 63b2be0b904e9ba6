import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { UNEXPLAINED } from "../src/catalogue/bulk/about";
import { STAR } from "../src/catalogue/bulk/columns";
import { readIds } from "../src/catalogue/lookup/ids";
import { type LookupRequest, openLookup } from "../src/catalogue/lookup/lookup";
import { loadConfig } from "../src/config";
import type { Database } from "../src/database/database";
import { migrate } from "../src/database/migrate";
import { openPostgresql } from "../src/database/postgresql";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../src/formats/table-formats";
import { median } from "../src/science/statistics";
import { type BenchServer, benchServer } from "./postgresql-server";

/**
 * Looks up a shuffled file of a tenth of a table's source_ids (stars, labels of two surveys, predictions of one version) as
 * `asterism lookup` does, in turns with `psql`, which copies the file into a temporary table, joins it with hand-written SQL
 * and copies the rows out. Both write CSV, and the files are compared. Prints the ratio of the speeds and the rate of every
 * format. Exits with 1 below TARGET.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    ids: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});
const rows = Number(options.rows);
const wanted = Number(options.ids);
const rounds = Number(options.rounds);
const TARGET = 0.7;

const LABELS = ["teff", "logg", "feh"];
const REQUEST: LookupRequest = {
  release: 3,
  versions: [{ id: 1, model: "bench", version: 1, labels: LABELS.map((name) => ({ name, unit: "" })), classes: [], vectors: [] }],
  columns: null,
};

/** Every star with astrometry, photometry and predictions, every tenth in one survey and every twentieth in another. */
async function fill(database: Database): Promise<void> {
  await migrate(database);
  const id = "4611686018427387904 + 7919::int8 * n";
  const [firstLabel, ...otherLabels] = LABELS;
  await database.script(`
    INSERT INTO star (release, source_id, ra, dec, parallax, phot_g_mean_mag, bp_rp)
      SELECT 3, ${id}, random() * 360, random() * 90, random(), 20 * random(), random() FROM generate_series(1, ${rows}) n;
    INSERT INTO catalogue (id, name, title, bands) VALUES (1, 'one', 'one', '{}'), (2, 'two', 'two', '{}');
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, feh, snr)
      SELECT c, n::text, 3, ${id}, 5000 + n % 1000, random(), 100 FROM generate_series(1, ${rows}) n, (VALUES (1), (2)) v (c) WHERE n % (10 * c) = 0;
    CREATE TABLE predicted_label_v1 PARTITION OF predicted_label FOR VALUES IN (1);
    INSERT INTO predicted_label SELECT 1, 3, ${id}, label, random(), random(), 0
      FROM generate_series(1, ${rows}) n, unnest(ARRAY['${firstLabel}', '${otherLabels.join("', '")}']) label;`);
  await database.script("VACUUM ANALYZE");
}

function writeIds(file: string): void {
  const ids = Array.from({ length: wanted }, (_, n) => 4611686018427387904n + 7919n * BigInt(((n * 7907) % rows) + 1));
  writeFileSync(file, `source_id\n${ids.join("\n")}\n`);
}

const SURVEY_COLUMNS = ["object_id", "teff", "teff_error", "logg", "logg_error", "feh", "feh_error", "mh", "mh_error", "alpha_m"].concat([
  "alpha_m_error",
  "rv",
  "rv_error",
  "vsini",
  "snr",
  "flags",
]);

function psqlScript(input: string): string {
  const survey = (alias: string) => SURVEY_COLUMNS.map((name) => `${alias}.${name}`).join(", ");
  const join = (alias: string, id: number) =>
    `LEFT JOIN survey_label ${alias} ON ${alias}.catalogue_id = ${id} AND ${alias}.release = 3 AND ${alias}.source_id = i.source_id`;
  const predicted = LABELS.map(
    (label) =>
      `max(value) FILTER (WHERE label = '${label}') AS v_${label}, max(uncertainty) FILTER (WHERE label = '${label}') AS e_${label}, max(flags) FILTER (WHERE label = '${label}') AS f_${label}`,
  );
  return `CREATE TEMP TABLE ids (place int8 GENERATED ALWAYS AS IDENTITY, source_id int8);
\\copy ids (source_id) from '${input}' with (format csv, header)
ANALYZE ids;
COPY (SELECT i.source_id, CASE WHEN s.source_id IS NULL THEN 'false' ELSE 'true' END, CASE WHEN s.synthetic THEN 'true' WHEN NOT s.synthetic THEN 'false' END,
  ${STAR.slice(1)
    .map(({ sql }) => sql)
    .join(", ")}, ${survey("l1")}, ${survey("l2")},
  CASE WHEN p.source_id IS NOT NULL THEN 1 END, ${LABELS.map((label) => `p.v_${label}, p.e_${label}, p.f_${label}`).join(", ")}
  FROM ids i LEFT JOIN star s ON s.release = 3 AND s.source_id = i.source_id ${join("l1", 1)} ${join("l2", 2)}
  LEFT JOIN (SELECT source_id, ${predicted.join(", ")} FROM predicted_label WHERE model_version_id = 1 AND release = 3 GROUP BY source_id) p
    ON p.source_id = i.source_id ORDER BY i.place) TO STDOUT (FORMAT csv);
`;
}

async function seconds(work: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function lookUp(database: Database, input: string, format: TableFormatName, take: (bytes: Uint8Array) => void): Promise<void> {
  for await (const { bytes } of (await openLookup(database, await readIds(input), REQUEST, format, UNEXPLAINED)).pieces) take(bytes);
}

async function measure(server: BenchServer, url: string, folder: string) {
  const database = await openPostgresql(url, loadConfig());
  try {
    await fill(database);
    const [input, script, theirs] = ["ids.csv", "join.sql", "psql.csv"].map((name) => path.join(folder, name)) as [string, string, string];
    writeIds(input);
    writeFileSync(script, psqlScript(input));
    const [psql, asterism]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      psql.push(await seconds(() => void execFileSync(server.psql, ["-q", "-v", "ON_ERROR_STOP=1", "-o", theirs, "-f", script, url])));
      const parts: Uint8Array[] = [];
      asterism.push(await seconds(() => lookUp(database, input, "csv", (bytes) => parts.push(bytes))));
      if (round === 0 && !Buffer.concat(parts.slice(1)).equals(readFileSync(theirs)))
        throw new Error("psql and asterism answered different rows.");
    }
    const rowsPerSecond: Partial<Record<TableFormatName, number>> = {};
    for (const format of TABLE_FORMAT_NAMES)
      rowsPerSecond[format] = Math.round(wanted / (await seconds(() => lookUp(database, input, format, () => undefined))));
    return { rows, ids: wanted, psqlSeconds: psql, asterismSeconds: asterism, ratio: median(psql) / median(asterism), rowsPerSecond };
  } finally {
    await database.close();
  }
}

async function main(): Promise<void> {
  const server = await benchServer();
  const name = "asterism_bench_lookup";
  const admin = await openPostgresql(server.url, loadConfig());
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-bench-lookup-"));
  try {
    await admin.script(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.script(`CREATE DATABASE ${name}`);
    const result = await measure(server, new URL(`/${name}`, server.url).href, folder);
    await admin.script(`DROP DATABASE ${name} WITH (FORCE)`);
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else {
      console.table(result.rowsPerSecond);
      const [ours, theirs] = [median(result.asterismSeconds), median(result.psqlSeconds)].map((time) => time.toFixed(1));
      console.log(
        `${wanted} ids among ${rows} stars: ${ours} s, psql ${theirs} s; ratio to psql ${result.ratio.toFixed(2)} (median of ${rounds}; target ${TARGET})`,
      );
    }
    if (result.ratio < TARGET) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
    await admin.close();
    server.stop();
  }
}

void main();
