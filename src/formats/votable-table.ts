import type { OutputColumn, OutputRow, OutputType } from "./output-table";
import { type VotableColumn, writeVotable } from "./votable-writer";

const DATATYPES: Readonly<Record<OutputType, VotableColumn["datatype"]>> = {
  int64: "long",
  int32: "int",
  int16: "short",
  float64: "double",
  float32: "float",
  boolean: "boolean",
  string: "unicodeChar",
};

/** A VOTable of the columns, its rows as text (TABLEDATA). */
export async function* writeVotableTable(
  columns: readonly OutputColumn[],
  batches: AsyncIterable<readonly OutputRow[]>,
): AsyncGenerator<Uint8Array> {
  const fields = columns.map(({ name, type, unit, description }) => ({ name, datatype: DATATYPES[type], unit, description }));
  for await (const text of writeVotable({ name: "asterism", columns: fields }, batches)) yield Buffer.from(text);
}
