import path from "node:path";
import type { Mapping } from "../../../src/catalogue/ingest/mapping";
import { AppError } from "../../../src/errors";
import type { TableChoice } from "../../../src/formats/open-table";
import { hashFiles } from "../../datasets/hash-files";
import type { RawColumn } from "../expressions/raw-column";
import { tableFiles } from "../star-file";
import { type MappedRow, openMappedTable, type Wanted } from "./mapped-table";
import { CutCounter, type Sample, type SampleClasses } from "./sample";
import type { Study } from "./study";

/** Rows are held in memory to train on; larger samples belong in the catalogue. */
const MAX_ROWS = 2_000_000;

/** @throws AppError BAD_INPUT listing what the mapping has */
function requireNames(wanted: readonly string[], what: "labels" | "classes", mapping: Mapping): void {
  const namesOf = { labels: [...(mapping.labels?.keys() ?? [])], classes: [...mapping.classes.keys()] } as const;
  const known = namesOf[what] as readonly string[];
  const lacking = wanted.filter((name) => !known.includes(name));
  if (lacking.length === 0) return;
  const other = what === "labels" ? "classes" : "labels";
  const has = known.length > 0 ? `Its ${what} are ${known.join(", ")}` : `It has no ${what}`;
  const elsewhere = lacking.filter((name) => (namesOf[other] as readonly string[]).includes(name));
  const hint = elsewhere.length > 0 ? ` ${elsewhere.join(", ")} is among its ${other}: the study names those under '${other}'.` : "";
  throw new AppError("BAD_INPUT", `The mapping of '${mapping.catalogue.name}' has no ${what} ${lacking.join(", ")}. ${has}.${hint}`);
}

/** The classes of all rows, by name. */
function classesOf(name: string, column: string, words: readonly (string | null)[]): SampleClasses {
  const classes = [...new Set(words.filter((word) => word !== null))].sort();
  const places = new Map(classes.map((word, index) => [word, index]));
  return { name, column, classes, values: Int32Array.from(words, (word) => (word === null ? -1 : places.get(word)!)) };
}

function column(rows: readonly MappedRow[], of: (row: MappedRow) => number): Float64Array {
  return Float64Array.from(rows, of);
}

async function readRows(
  files: readonly string[],
  mapping: Mapping,
  wanted: Wanted,
  counter: CutCounter,
  choice?: TableChoice,
): Promise<MappedRow[]> {
  const kept: MappedRow[] = [];
  for (const file of files) {
    const { batches } = await openMappedTable(file, mapping, wanted, choice);
    for await (const batch of batches) {
      for (const row of batch) {
        const failed = row.holds.indexOf(false);
        counter.add(1 + (failed === -1 ? row.holds.length : failed));
        if (failed === -1) kept.push(row);
      }
      if (kept.length > MAX_ROWS)
        throw new AppError(
          "BAD_INPUT",
          `${file} has more than ${MAX_ROWS} rows. Ingest it into the catalogue, and name that in the study's labels.from.`,
        );
    }
  }
  return kept;
}

/**
 * A user's table as a study's sample.
 *
 * @param place a table file, or a folder of them
 * @param columns raw columns to read; `source` is what the mapping calls each
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function readTableSample(
  { labels, classes, stars }: Study,
  mapping: Mapping,
  place: string,
  columns: readonly (RawColumn & { readonly source: string })[],
  choice?: TableChoice,
): Promise<Sample> {
  requireNames(labels.names, "labels", mapping);
  requireNames(classes, "classes", mapping);
  const wanted: Wanted = { raw: columns.map(({ source }) => source), labels: labels.names, classes, where: stars.where };
  const files = await tableFiles(place);
  const counter = new CutCounter([
    "rows",
    ...Object.entries(stars.where).map(([name, condition]) => `${name}: ${JSON.stringify(condition)}`),
  ]);
  const rows = await readRows(files, mapping, wanted, counter, choice);
  const raw = new Float32Array(rows.length * columns.length);
  for (const [index, row] of rows.entries()) raw.set(row.raw, index * columns.length);
  return {
    source: path.basename(path.resolve(place)),
    path: place,
    layout: mapping.catalogue.name,
    idColumn: mapping.id ?? "row",
    sha256: await hashFiles(files),
    synthetic: false,
    columns,
    raw,
    ids: rows.map(({ id }) => id),
    starKeys: rows.map(({ starKey }) => starKey),
    quantities: labels.names.map((name, index) => {
      const label = mapping.labels!.get(name)!;
      return {
        name,
        unit: label.unit ?? "-",
        column: label.value.column,
        values: column(rows, (row) => row.labels[index]!),
        errors: label.error === null ? null : column(rows, (row) => row.labelErrors[index]!),
      };
    }),
    classes: classes.map((name, index) =>
      classesOf(
        name,
        mapping.classes.get(name)!.column,
        rows.map((row) => row.classes[index]!),
      ),
    ),
    cuts: counter.cuts(),
  };
}
