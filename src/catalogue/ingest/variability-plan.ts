import { escapeText, NULL_TEXT } from "../../database/copy-text";
import type { Queries } from "../../database/database";
import { isNullText } from "../../formats/cells/null-text";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import type { TableHead } from "../source-id-column";
import { requireCatalogue } from "./catalogue-row";
import { encodeDouble, encodeReal, Rejected } from "./column";
import { sourceIdReader } from "./identity";
import { columnsOf, errorReader, type ReadValue, readAll, valueReader } from "./mapped-values";
import type { Mapping, TextSource, VariabilityMapping } from "./mapping";
import { mergeInto } from "./merge";
import type { FileHead, IngestPlan, StagingColumn } from "./plan";
import { stagedCount } from "./staging";

interface StagedValue extends StagingColumn {
  readonly read: ReadValue;
}

/** The values that a table gives, and their errors. Only a period and its error need the digits of a double. */
function stagedValues({ values }: VariabilityMapping, head: TableHead): StagedValue[] {
  return [...values].flatMap(([name, { value, error }]) => {
    const [type, encode] = name === "period" ? (["double precision", encodeDouble] as const) : (["real", encodeReal] as const);
    return [
      { name, type, read: valueReader(value, head, encode) },
      ...(error === null ? [] : [{ name: `${name}_error`, type, read: errorReader(error, head) }]),
    ];
  });
}

function textOf(source: TextSource | null, index: ColumnIndex): (row: readonly Cell[]) => string | null {
  if (source === null) return () => null;
  if ("constant" in source) return () => source.constant;
  const position = index.find(source.column);
  return (row) => {
    const text = String(row[position] ?? "").trim();
    return isNullText(text) ? null : text;
  };
}

/** A period is a positive number of days, or it is none. */
const isNoPeriod = (text: string): boolean => text !== NULL_TEXT && !(Number(text) > 0);

/**
 * How a table of periods and light-curve parameters becomes what a catalogue publishes of its variable stars.
 *
 * @throws AppError BAD_INPUT if the file lacks a column that the mapping names
 */
export async function variabilityPlan(queries: Queries, head: FileHead, mapping: Mapping): Promise<IngestPlan> {
  const { columns, name: file } = head;
  const { gaia, variability, catalogue } = mapping;
  const index = new ColumnIndex(columns, file);
  const texts = [variability!.band, variability!.type].flatMap((source) => (source && "column" in source ? [source.column] : []));
  const wanted = [gaia!.column, ...texts, ...columnsOf(variability!.values.values())];
  index.require(wanted, file, `what the mapping of '${catalogue.name}' describes under variability`);
  const catalogueId = await requireCatalogue(queries, mapping, []);
  const staged = stagedValues(variability!, head);
  const period = staged.findIndex(({ name }) => name === "period");
  const readId = sourceIdReader(head, index, { ...gaia!, isGaiaTable: false, nulls: mapping.nulls });
  const [band, type] = [textOf(variability!.band, index), textOf(variability!.type, index)];
  const text = (name: string): StagingColumn => ({ name, type: "text" });
  return {
    catalogue: catalogue.name,
    columns: [{ name: "source_id", type: "bigint" }, text("band"), text("method"), text("type"), ...staged],
    key: "source_id",
    encode(row) {
      const id = readId(row);
      if (id instanceof Rejected) return id;
      const values = readAll(
        staged.map(({ read }) => read),
        row,
      );
      if (values instanceof Rejected) return values;
      if (values.every((value) => value === NULL_TEXT)) return new Rejected("no value in any column");
      if (period !== -1 && isNoPeriod(values[period]!)) return new Rejected("the period is not positive");
      const itsType = type(row);
      const cells = [id, escapeText(band(row) ?? ""), "published", itsType === null ? NULL_TEXT : escapeText(itsType), ...values];
      return { key: id, line: cells.join("\t") };
    },
    async merge(transaction) {
      const scope = { release: gaia!.release, catalogue_id: catalogueId };
      const values = Object.fromEntries(["type", ...staged.map(({ name }) => name)].map((name) => [name, `s.${name}`]));
      const moved = await mergeInto(transaction, { table: "variability", scope, keys: ["source_id", "band", "method"], values });
      return { ...moved, unchanged: (await stagedCount(transaction)) - moved.inserted - moved.updated };
    },
  };
}
