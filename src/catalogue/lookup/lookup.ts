import type { Database, Queries } from "../../database/database";
import type { CopyForm, TableAbout, TableHead } from "../../formats/output-table";
import type { TableFormatName } from "../../formats/table-formats";
import { aboutFile, catalogueNotes, ingestNotes, modelNotes, type Origin, withNotes } from "../bulk/about";
import { chunkSize } from "../bulk/chunk-size";
import { column } from "../bulk/columns";
import { type Piece, tablePieces } from "../bulk/pieces";
import { type SelectedColumn, selectList } from "../bulk/select";
import { provenance } from "../ingest/ingest-record";
import type { PredictingVersion } from "../predicted/predicting-version";
import type { Release } from "../release";
import { chooseColumns } from "./choose-columns";
import { furtherLabelsGroup, type LookedUpSurvey, prefix, starGroup, surveysGroup, versionGroups } from "./groups";

/** What to look up for every id. */
export interface LookupRequest {
  readonly release: Release;
  /** model versions whose stored predictions are wanted */
  readonly versions: readonly PredictingVersion[];
  /** names of groups and columns; null: stars, labels and predictions */
  readonly columns: readonly string[] | null;
}

/** Ids that one statement looks up: its text stays below 110 kB, and all columns of its answer below some megabytes. */
export const CHUNK_IDS = 5_000;

const KEY: readonly SelectedColumn[] = [
  column("source_id", "i.source_id", "int64", "Gaia source identifier, as it was asked for", null, "meta.id;meta.main"),
  column("found", "s.source_id IS NOT NULL", "boolean", "whether the catalogue has the source; its columns are empty where not"),
];

/** @returns the surveys that give labels, by name */
function surveysWithLabels(queries: Queries): Promise<LookedUpSurvey[]> {
  return queries.query<LookedUpSurvey>(
    `SELECT id, name, ARRAY(SELECT alias FROM catalogue_alias a WHERE a.catalogue_id = c.id) AS aliases,
       (SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'unit', k.unit, 'description', k.description) ORDER BY k.name), '[]')
        FROM catalogue_label k WHERE k.catalogue_id = c.id) AS "furtherLabels"
     FROM catalogue c WHERE EXISTS (SELECT FROM survey_label l WHERE l.catalogue_id = c.id) ORDER BY name`,
  );
}

/** Columns that are asked for by a survey's alias are those of the survey itself. */
function withoutAliases(wanted: readonly string[] | null, surveys: readonly LookedUpSurvey[]): string[] | null {
  const prefixes = surveys.flatMap(({ name, aliases }) => aliases.map((alias) => [`${prefix(alias)}_`, `${prefix(name)}_`] as const));
  const rename = (column: string) => {
    // our_survey_dr2_teff begins with the alias our_survey_ as well.
    const isOwn = surveys.some(({ name }) => column.startsWith(`${prefix(name)}_`));
    const found = isOwn ? undefined : prefixes.find(([alias]) => column.startsWith(alias));
    return found ? found[1] + column.slice(found[0].length) : column;
  };
  return wanted === null ? null : wanted.map(rename);
}

/** Kinds of ingests that bring rows of stars, and those of surveys' labels. */
const KINDS = ["gaia", "distances", "stars", "synthetic"];

async function aboutLookup(
  queries: Queries,
  { release, versions }: Pick<LookupRequest, "release" | "versions">,
  hasLabels: boolean,
  origin: Origin,
): Promise<TableAbout> {
  const kinds = hasLabels ? [...KINDS, "labels"] : KINDS;
  const models = await Promise.all(versions.map(({ id }) => modelNotes(queries, id)));
  const cited = hasLabels ? await catalogueNotes(queries, null) : [];
  const ingested = ingestNotes(await provenance(queries, { catalogues: null, kinds }));
  return withNotes(aboutFile(`what is known of a list of sources of Gaia DR${release}`, release, origin), [
    ...models.flat(),
    ...cited,
    ...ingested,
  ]);
}

/** The statement that looks up some ids: a row an id, in their order. */
type Statement = (ids: readonly bigint[], form: CopyForm) => string;

async function planLookup(
  queries: Queries,
  { release, versions, columns }: LookupRequest,
  origin: Origin,
): Promise<{ columns: SelectedColumn[]; about: TableAbout; statement: Statement }> {
  const surveys = await surveysWithLabels(queries);
  const stars = starGroup(release);
  const predicted = versions.map((version) => versionGroups(version, release));
  const groups = chooseColumns(
    {
      stars: [stars],
      labels: surveys.length > 0 ? [surveysGroup(release, surveys)] : [],
      predictions: predicted.flatMap(({ predictions }) => predictions),
      probabilities: predicted.flatMap(({ probabilities }) => probabilities),
      vectors: predicted.flatMap(({ vectors }) => vectors),
    },
    withoutAliases(columns, surveys),
    [
      ...surveys.filter(({ furtherLabels }) => furtherLabels.length > 0).map((survey) => furtherLabelsGroup(release, survey)),
      // Whole vectors have columns of these names in CSV.
      ...(columns?.includes("vectors") ? [] : predicted.flatMap(({ components }) => components)),
    ],
  );
  const selected = [...KEY, ...groups.flatMap((group) => group.columns)];
  // Whether a star is there is always told.
  const joins = new Set([stars.join, ...groups.map(({ join }) => join)]);
  return {
    columns: selected,
    about: await aboutLookup(queries, { release, versions }, surveys.length > 0, origin),
    statement: (ids, form) => `SELECT ${selectList(selected, form)}
      FROM unnest('{${ids.join()}}'::int8[]) WITH ORDINALITY i(source_id, place) ${[...joins].join(" ")} ORDER BY i.place`,
  };
}

/**
 * Opens a table of what is known of each id: a row an id, in the order of the ids, twice where one comes twice, and
 * nulls where the catalogue does not have it. It is read in chunks as it is taken.
 *
 * @param origin what whoever asks knows of the file
 * @param signal cancels the statement under way; reading then rejects with its reason
 * @throws AppError BAD_INPUT if a column is unknown
 */
export async function openLookup(
  database: Database,
  ids: BigInt64Array,
  request: LookupRequest,
  format: TableFormatName,
  origin: Origin,
  signal?: AbortSignal,
): Promise<{ readonly head: TableHead; readonly pieces: AsyncGenerator<Piece, void> }> {
  const { columns, about, statement } = await planLookup(database, request, origin);
  const chunks = async function* (form: CopyForm) {
    const chunk = chunkSize(database, CHUNK_IDS);
    for (let start = 0; start < ids.length; start += chunk) {
      const sql = statement([...ids.subarray(start, start + chunk)], form);
      yield { copied: await database.bulkCopy(sql, form, signal), last: null };
    }
  };
  return { head: { columns, about }, pieces: tablePieces({ columns, about, chunks }, format, null) };
}
