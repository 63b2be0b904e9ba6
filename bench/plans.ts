import { crossmatchesOf } from "../src/catalogue/crossmatch";
import type { StarOrder } from "../src/catalogue/page-order";
import { photometryOf } from "../src/catalogue/photometry";
import { predictionsOf } from "../src/catalogue/prediction";
import type { StarFilter } from "../src/catalogue/star-filter";
import { starPage } from "../src/catalogue/star-page";
import { starsByIds } from "../src/catalogue/stars-by-ids";
import { surveyLabelsOf } from "../src/catalogue/survey-label";
import { loadConfig } from "../src/config";
import { connect } from "../src/database/connect";
import type { Parameter, Queries } from "../src/database/database";

/** Prints the query plans of the API's main statements: `npm run plans`, see docs/query-plans.md. */

const LONGEST_LINE = 160;

/** Wraps queries so that each statement is first explained and printed. */
function explained(queries: Queries): Queries {
  const explain = async (sql: string, parameters: readonly Parameter[]) => {
    const rows = await queries.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${sql}`, parameters);
    for (const row of rows) process.stdout.write(`${row["QUERY PLAN"].slice(0, LONGEST_LINE)}\n`);
    process.stdout.write("\n");
  };
  return {
    ...queries,
    async query(sql, parameters = []) {
      await explain(sql, parameters);
      return queries.query(sql, parameters);
    },
    async prepared(name, sql, parameters) {
      await explain(sql, parameters);
      return queries.prepared(name, sql, parameters);
    },
  };
}

async function sourceIds(queries: Queries, count: number): Promise<bigint[]> {
  const rows = await queries.query<{ id: bigint }>(
    "SELECT source_id AS id FROM star WHERE release = 3 ORDER BY source_id % 1000003 LIMIT $1",
    [count],
  );
  return rows.map(({ id }) => id);
}

/** A label without a column in survey_label, which the synthetic sky lacks: as common as teff, made for these plans and undone. */
async function insertFurtherLabel(queries: Queries, survey: string): Promise<void> {
  await queries.query(
    `WITH k AS (INSERT INTO catalogue_label (catalogue_id, name, unit) SELECT id, 'aLi', 'dex' FROM catalogue WHERE name = $1 RETURNING id, catalogue_id)
     INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value)
     SELECT l.catalogue_id, l.object_id, k.id, l.release, l.source_id, l.teff / 1000 FROM survey_label l JOIN k ON k.catalogue_id = l.catalogue_id WHERE l.teff IS NOT NULL`,
    [survey],
  );
  await queries.script("ANALYZE survey_label_value");
}

async function versionIds(queries: Queries): Promise<number[]> {
  return (await queries.query<{ id: number }>("SELECT id FROM model_version ORDER BY id LIMIT 1")).map(({ id }) => id);
}

const BY_ID: StarOrder = { by: "sourceId", direction: "ASC" };
const BY_MAGNITUDE: StarOrder = { by: "photGMeanMag", direction: "ASC" };

function pages(survey: string): readonly (readonly [title: string, filter: StarFilter, order: StarOrder])[] {
  return [
    ["The first page", {}, BY_ID],
    ["A page by magnitude", {}, BY_MAGNITUDE],
    ["A page by magnitude, faintest first", {}, { by: "photGMeanMag", direction: "DESC" }],
    ["A range of magnitude, by parallax", { photGMeanMag: { min: 10, max: 12 } }, { by: "parallax", direction: "DESC" }],
    ["A narrow range of magnitude, by source_id", { photGMeanMag: { min: 12, max: 12.02 } }, BY_ID],
    ["A box on the sky", { position: { ra: { min: 359, max: 3 }, dec: { min: -32, max: -28 } } }, BY_ID],
    ["A survey's common label", { surveyLabel: { survey, label: "teff", min: 4000, max: 6000 } }, BY_MAGNITUDE],
    ["A survey's rare label", { surveyLabel: { survey, label: "feh", max: -2.2 } }, BY_ID],
    ["A common value of a label without a column", { surveyLabel: { survey, label: "aLi", min: 4, max: 6 } }, BY_MAGNITUDE],
    ["A rare value of a label without a column", { surveyLabel: { survey, label: "aLi", min: 6.8 } }, BY_ID],
  ];
}

/** Pages by what a version predicts: labels that most models have. */
function predictedPages(versionId: number): readonly (readonly [title: string, filter: StarFilter, order: StarOrder])[] {
  const predicted = (label: string) => ({ model: "any", label, meant: { versionId, output: label, excludedFlags: 0 } });
  return [
    ["A page by a predicted label", {}, { by: "sourceId", predictedLabel: predicted("teff"), direction: "DESC" }],
    ["A common value of a predicted label", { predictedLabel: { ...predicted("teff"), min: 4500 } }, BY_ID],
    ["A rare value of a predicted label", { predictedLabel: { ...predicted("feh"), max: -2.9 } }, BY_ID],
  ];
}

/** Thrown at the end, so that what was made for the plans is undone. */
class Undo extends Error {}

async function showAll(database: Queries): Promise<void> {
  const [one, hundred, versions] = [await sourceIds(database, 1), await sourceIds(database, 100), await versionIds(database)];
  const [survey] = await database.query<{ name: string }>("SELECT name FROM catalogue WHERE name LIKE '%apogee%' ORDER BY name LIMIT 1");
  if (survey) await insertFurtherLabel(database, survey.name);
  const queries = explained(database);
  const show = async (title: string, work: () => Promise<unknown>) => {
    process.stdout.write(`## ${title}\n\n`);
    await work();
  };
  await show("A star by its source_id", () => starsByIds(queries, 3, one));
  await show("A hundred stars by their source_id", () => starsByIds(queries, 3, hundred));
  await show("Photometry of a hundred stars", () => photometryOf(queries, 3, hundred));
  await show("Cross-matches of a hundred stars", () => crossmatchesOf(queries, 3, hundred));
  await show("Survey labels of a hundred stars", () => surveyLabelsOf(queries, 3, hundred));
  await show("Predicted labels of a hundred stars", () => predictionsOf(queries, 3, hundred, versions));
  const predicted = versions.flatMap((id) => predictedPages(id));
  for (const [title, filter, order] of [...pages(survey?.name ?? ""), ...predicted])
    if (survey || !filter.surveyLabel) await show(title, () => starPage(queries, { release: 3, filter, order, after: null, first: 20 }));
}

async function main(): Promise<void> {
  const database = await connect(loadConfig());
  try {
    await database.transaction(async (queries) => {
      await showAll(queries);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
