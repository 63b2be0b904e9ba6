import { escapeText, NULL_TEXT } from "../../database/copy-text";
import type { Cell } from "../../formats/table";
import type { TableHead } from "../source-id-column";
import type { CatalogueTable } from "./catalogue-plan";
import { Rejected } from "./column";
import { columnsOf, errorReader, readAll, valueReader } from "./mapped-values";
import { type Label, type Measured, WITHOUT_ERROR } from "./mapping";

const sqlName = (label: Label): string => (label === "alphaM" ? "alpha_m" : label);

/** Further abundances as the text of a JSON object, `{"mgFe": [value, error]}`; NULL where none is known. */
function moreReader(more: ReadonlyMap<string, Measured>, head: TableHead): (row: readonly Cell[]) => string | Rejected {
  const readers = [...more].map(([name, { value, error }]) => ({
    name,
    read: [valueReader(value, head), errorReader(error, head)],
  }));
  return (row) => {
    const known: Record<string, (number | null)[]> = {};
    for (const { name, read } of readers) {
      const texts = readAll(read, row);
      if (texts instanceof Rejected) return texts;
      if (texts[0] !== NULL_TEXT) known[name] = texts.map((text) => (text === NULL_TEXT ? null : Number(text)));
    }
    return Object.keys(known).length === 0 ? NULL_TEXT : escapeText(JSON.stringify(known));
  };
}

/** A survey's labels with their errors, and further abundances by name. */
export function labelTable(
  labels: ReadonlyMap<Label, Measured>,
  more: ReadonlyMap<string, Measured>,
  head: TableHead,
): CatalogueTable {
  const given = [...labels].flatMap(([label, { value, error }]) => {
    const own = { name: sqlName(label), read: valueReader(value, head) };
    return WITHOUT_ERROR.includes(label) ? [own] : [own, { name: `${own.name}_error`, read: errorReader(error, head) }];
  });
  const readMore = moreReader(more, head);
  return {
    table: "survey_label",
    bands: [],
    required: columnsOf([...labels.values(), ...more.values()]),
    staged: [...given.map(({ name }) => ({ name, type: "real" })), ...(more.size > 0 ? [{ name: "more", type: "jsonb" }] : [])],
    read(row) {
      const texts = readAll(
        given.map(({ read }) => read),
        row,
      );
      if (texts instanceof Rejected) return texts;
      const others = more.size > 0 ? [readMore(row)] : [];
      if (others[0] instanceof Rejected) return others[0];
      const all = [...texts, ...(others as string[])];
      return all.every((text) => text === NULL_TEXT) ? null : all;
    },
  };
}
