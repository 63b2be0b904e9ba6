import { NULL_TEXT } from "../../database/copy-text";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { columnsOfLabel } from "../labels/label-columns";
import type { TableHead } from "../source-id-column";
import type { CatalogueTable } from "./catalogue-plan";
import { encodeBigint, Rejected } from "./column";
import { mergeLabelValues, type StagedLabel } from "./label-values";
import { columnsOf, errorReader, type ReadValue, readAll, valueReader } from "./mapped-values";
import type { MappedLabel } from "./mapping";
import type { StagingColumn } from "./plan";

interface StagedPart extends StagingColumn {
  readonly read: ReadValue;
}

/** A label's bits, as whole numbers. */
function flagReader(column: string, { columns, name }: TableHead): ReadValue {
  const position = new ColumnIndex(columns, name).find(column);
  return (row) => encodeBigint(row[position]!, column);
}

/** What a label stages under its names: the value, and where the mapping has them the error and the bits. */
function stagedParts({ value, error, flag }: MappedLabel, names: StagedLabel["columns"], head: TableHead): StagedPart[] {
  return [
    { name: names.value, type: "real", read: valueReader(value, head) },
    ...(names.error === null ? [] : [{ name: names.error, type: "real", read: errorReader(error, head) }]),
    ...(names.flag === null || flag === null ? [] : [{ name: names.flag, type: "bigint", read: flagReader(flag, head) }]),
  ];
}

/** A survey's labels: those with columns of their own, and those that become rows of survey_label_value. */
export function labelTable(labels: ReadonlyMap<string, MappedLabel>, head: TableHead): CatalogueTable {
  const inColumns = [...labels].flatMap(([name, label]) => {
    const its = columnsOfLabel(name);
    return its ? [stagedParts(label, its, head)] : [];
  });
  const asRows = [...labels]
    .filter(([name]) => !columnsOfLabel(name))
    .map(([name, label], index): StagedLabel & { readonly parts: StagedPart[] } => {
      const names = { value: `value_${index}`, error: `error_${index}`, flag: label.flag === null ? null : `flag_${index}` };
      return { name, unit: label.unit, description: label.description, columns: names, parts: stagedParts(label, names, head) };
    });
  const own = inColumns.flat();
  const staged = [...own, ...asRows.flatMap(({ parts }) => parts)];
  const flags = [...labels.values()].flatMap(({ flag }) => flag ?? []);
  // Bits and errors without a value say nothing of a star.
  const values = [...inColumns, ...asRows.map(({ parts }) => parts)].map(([value]) => staged.indexOf(value!));
  return {
    table: "survey_label",
    bands: [],
    required: [...columnsOf(labels.values()), ...flags],
    kept: own,
    staged,
    mergeMore: (queries, catalogue, identity) => mergeLabelValues(queries, catalogue, asRows, identity),
    read(row: readonly Cell[]) {
      const texts = readAll(
        staged.map(({ read }) => read),
        row,
      );
      if (texts instanceof Rejected) return texts;
      return values.every((index) => texts[index] === NULL_TEXT) ? null : texts;
    },
  };
}
