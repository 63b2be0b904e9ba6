import { STELLAR_COLUMNS, type StellarColumn } from "../../../src/catalogue/stellar-row";
import { ColumnIndex } from "../../../src/formats/column-index";
import type { OpenOptions } from "../../../src/formats/open-table";
import { openTable } from "../../../src/formats/open-table";
import type { ValueRow } from "../../../src/modalities/values/values";
import type { Manifest } from "../../../src/models/registry/manifest";
import { canonicalLayout } from "../canonical-layout";
import { openStarFile } from "../star-file";
import { mappedColumns, openMappedTable } from "./mapped-table";
import { type RegisteredStudy, registeredStudy } from "./registered-study";

/** A star to predict for: its id as the table has it, and its raw values by the names that the artifact takes. */
export interface StudyStar {
  readonly id: string;
  readonly row: ValueRow;
}

export interface StudyInputFile {
  readonly idColumn: string;
  readonly batches: AsyncIterable<readonly StudyStar[]>;
}

async function* named(
  batches: AsyncIterable<readonly { readonly id: string; readonly raw: Float32Array }[]>,
  names: readonly string[],
): AsyncGenerator<StudyStar[]> {
  for await (const batch of batches)
    yield batch.map(({ id, raw }) => ({ id, row: Object.fromEntries(names.map((name, index) => [name, raw[index]!])) }));
}

async function* rows(batches: AsyncIterable<readonly StudyStar[]>): AsyncGenerator<StudyStar[]> {
  for await (const batch of batches) yield batch.map(({ id, row }) => ({ id, row }));
}

/** Whether a file's header has everything that the mapping wants for the artifact's raw columns. */
async function fits(file: string, { mapping, sources }: RegisteredStudy, choice: OpenOptions = {}): Promise<boolean> {
  if (mapping === null) return false;
  const table = await openTable(file, { ...choice, delimiter: mapping.delimiter, onBytes: undefined });
  const index = new ColumnIndex(table.columns, file);
  const known = mappedColumns(mapping);
  const wanted = sources.map((name) => known.find((column) => column.name === name)!.source);
  return [...(mapping.id === null ? [] : [mapping.id]), ...wanted].every((column) => index.find(column) !== -1);
}

/** Whether the artifact's raw columns are all the catalogue's own, so that a table may spell them as the catalogue does. */
const isStellar = (names: readonly string[]): names is readonly StellarColumn[] => names.every((name) => name in STELLAR_COLUMNS);

/**
 * Opens a table to predict for with a study's version: one that the study's mapping describes, or one with source_id and the
 * catalogue's own names.
 *
 * @throws AppError BAD_INPUT naming the columns that are absent
 */
export async function openStudyInput(file: string, manifest: Manifest, options?: OpenOptions): Promise<StudyInputFile> {
  const registered = registeredStudy(manifest)!;
  const names = manifest.columns!.map(({ name }) => name);
  const { mapping, sources } = registered;
  if (isStellar(names) && !(await fits(file, registered, options))) {
    const { layout, batches } = await openStarFile(file, (header, name) => canonicalLayout(names, header, name), options);
    return { idColumn: layout.idColumn, batches: rows(batches) };
  }
  const { idColumn, batches } = await openMappedTable(file, mapping!, { raw: sources, labels: [], classes: [], where: {} }, options);
  return { idColumn: idColumn ?? "row", batches: named(batches, names) };
}
