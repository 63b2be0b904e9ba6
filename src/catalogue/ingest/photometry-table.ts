import { NULL_TEXT } from "../../database/copy-text";
import type { TableHead } from "../source-id-column";
import type { CatalogueTable } from "./catalogue-plan";
import { Rejected } from "./column";
import { columnsOf, errorReader, readAll, valueReader } from "./mapped-values";
import type { Measured } from "./mapping";

const arrayText = (texts: readonly string[]): string => `{${texts.map((text) => (text === NULL_TEXT ? "NULL" : text)).join(",")}}`;

const STAGED = [
  { name: "mag", type: "real[]" },
  { name: "mag_error", type: "real[]" },
];

/** A catalogue's magnitudes: arrays in the order of the mapping's bands. */
export function photometryTable(bands: ReadonlyMap<string, Measured>, head: TableHead): CatalogueTable {
  const values = [...bands.values()].map(({ value }) => valueReader(value, head));
  const errors = [...bands.values()].map(({ error }) => errorReader(error, head));
  return {
    table: "photometry",
    bands: [...bands.keys()],
    required: columnsOf(bands.values()),
    staged: STAGED,
    kept: STAGED,
    read(row) {
      const mags = readAll(values, row);
      if (mags instanceof Rejected) return mags;
      if (mags.every((text) => text === NULL_TEXT)) return null;
      const magErrors = readAll(errors, row);
      return magErrors instanceof Rejected ? magErrors : [arrayText(mags), arrayText(magErrors)];
    },
  };
}
