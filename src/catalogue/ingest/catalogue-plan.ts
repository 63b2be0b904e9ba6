import type { Queries } from "../../database/database";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { linkMeasurements } from "../position-match/stored/link-measurements";
import { requireCatalogue } from "./catalogue-row";
import { Rejected } from "./column";
import type { Mapping, PositionMapping } from "./mapping";
import { type MergeTarget, mergeInto } from "./merge";
import { OBJECT_COLUMNS, objectColumns, objectReader } from "./object-rows";
import type { FileHead, IngestPlan, Merged, StagingColumn } from "./plan";
import { STAGING, stagedCount } from "./staging";

/** What photometry and labels each add to a catalogue's object. */
export interface CatalogueTable {
  readonly table: "photometry" | "survey_label";
  readonly staged: readonly StagingColumn[];
  /** Those of them that are columns of the table. */
  readonly kept: readonly StagingColumn[];
  /** Columns of the file that are read, beside the object's. */
  readonly required: readonly string[];
  /** Bands of the catalogue's photometry; empty for labels. */
  readonly bands: readonly string[];
  /** @returns the COPY texts of `staged`; null if the row measures nothing */
  read(row: readonly Cell[]): string[] | Rejected | null;
  /**
   * Merges what is kept elsewhere.
   *
   * @param identity whether the file says which star an object is
   * @returns which staged rows changed by that: a condition on `s`
   */
  mergeMore?(queries: Queries, catalogue: { readonly id: number; readonly name: string }, identity: boolean): Promise<string | null>;
}

/** How many of the file's objects no star is known for. */
async function countUnmatched(queries: Queries, table: CatalogueTable["table"], catalogueId: number): Promise<number> {
  const [row] = await queries.query<{ n: number }>(
    `SELECT count(*)::float8 AS n FROM ${STAGING} s JOIN ${table} t ON t.catalogue_id = $1 AND t.object_id = s.object_id WHERE t.source_id IS NULL`,
    [catalogueId],
  );
  return row!.n;
}

const columns = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, `s.${name}`]));

/** Epochs and errors that a mapping does not name stay as they are. */
const positionColumns = ({ epoch, error }: PositionMapping): string[] => [
  "ra",
  "dec",
  ...(epoch === null ? [] : ["epoch"]),
  ...(error === null ? [] : ["position_error"]),
];

/** The object and its cross-match, which rows of photometry and of labels bring alike. */
function objectTargets(catalogueId: number, mapping: Mapping): MergeTarget[] {
  const scope = { catalogue_id: catalogueId };
  const object: MergeTarget = {
    table: "catalogue_object",
    scope,
    keys: ["object_id"],
    values: mapping.position === null ? {} : columns(positionColumns(mapping.position)),
  };
  const match: MergeTarget = {
    table: "crossmatch",
    scope,
    keys: ["source_id", "object_id", "release"],
    values: { method: "'identifier'" },
    where: "s.source_id IS NOT NULL",
  };
  return mapping.gaia === null ? [object] : [object, match];
}

/** Removes matches by position of objects of which the file says which star they are. */
async function removeSettledMatches(queries: Queries, catalogueId: number): Promise<void> {
  await queries.query(
    `DELETE FROM crossmatch c USING ${STAGING} s WHERE c.catalogue_id = $1 AND c.object_id = s.object_id AND c.radius IS NOT NULL
       AND s.source_id IS NOT NULL`,
    [catalogueId],
  );
}

/** Removes cross-matches by identifier that the file's rows no longer say. */
async function removeStaleMatches(queries: Queries, catalogueId: number): Promise<void> {
  await queries.query(
    `DELETE FROM crossmatch c USING ${STAGING} s WHERE c.catalogue_id = $1 AND c.object_id = s.object_id AND c.method = 'identifier'
       AND (c.release, c.source_id) IS DISTINCT FROM (s.release, s.source_id)`,
    [catalogueId],
  );
}

/**
 * How a table of a catalogue's photometry or labels becomes rows: objects, their measurements and, where a row names
 * its Gaia source, the cross-match. The catalogue itself is made where there is none of its name.
 *
 * @throws AppError BAD_INPUT if the file lacks a column that the mapping names
 */
export async function cataloguePlan(
  queries: Queries,
  head: FileHead,
  mapping: Mapping,
  { table, staged, kept, required, bands, read, mergeMore }: CatalogueTable,
): Promise<IngestPlan> {
  new ColumnIndex(head.columns, head.name).require(
    [...new Set([...objectColumns(mapping), ...required])],
    head.name,
    `what the mapping of '${mapping.catalogue.name}' describes`,
  );
  const id = await requireCatalogue(queries, mapping, bands);
  const readObject = objectReader(mapping, head);
  return {
    catalogue: mapping.catalogue.name,
    columns: [...OBJECT_COLUMNS, ...staged],
    key: "object_id",
    encode(row, rowNumber) {
      const object = readObject(row, rowNumber);
      if (object instanceof Rejected) return object;
      const values = read(row);
      if (values instanceof Rejected) return values;
      if (values === null) return new Rejected("no value in any column");
      return { key: object[0]!, line: [...object, ...values].join("\t") };
    },
    async merge(transaction): Promise<Merged> {
      if (mapping.gaia !== null) await removeSettledMatches(transaction, id);
      for (const target of objectTargets(id, mapping)) await mergeInto(transaction, target);
      if (mapping.gaia !== null) await removeStaleMatches(transaction, id);
      const identity = mapping.gaia === null ? [] : ["release", "source_id"];
      const values = columns([...identity, ...(mapping.flags === null ? [] : ["flags"]), ...kept.map(({ name }) => name)]);
      const changed = await mergeMore?.(transaction, { id, name: mapping.catalogue.name }, mapping.gaia !== null);
      const moved = await mergeInto(transaction, { table, scope: { catalogue_id: id }, keys: ["object_id"], values, changed });
      await linkMeasurements(transaction, id, null);
      const unchanged = (await stagedCount(transaction)) - moved.inserted - moved.updated;
      return { ...moved, unchanged, unmatched: await countUnmatched(transaction, table, id) };
    },
  };
}
