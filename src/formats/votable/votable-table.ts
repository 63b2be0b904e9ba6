import { type CellFrame, transcoder } from "../copy/copy-text";
import type { OutputColumn, OutputType } from "../output-table";
import { closingXml, escapeXml, headXml, type VotableColumn } from "./votable-writer";

const DATATYPES: Readonly<Record<OutputType, VotableColumn["datatype"]>> = {
  int64: "long",
  int32: "int",
  int16: "short",
  float64: "double",
  float32: "float",
  boolean: "boolean",
  string: "unicodeChar",
};

const frame = ({ type }: OutputColumn): CellFrame => ({
  open: "<TD>",
  close: "</TD>",
  empty: "<TD/>",
  text: type === "string" ? escapeXml : null,
  words: type === "boolean",
});

/** A VOTable with the rows as text (TABLEDATA). */
export async function* writeVotableTable(columns: readonly OutputColumn[], copied: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const fields = columns.map(({ name, type, unit, description }) => ({ name, datatype: DATATYPES[type], unit, description }));
  const transcode = transcoder(columns.map(frame), { open: "<TR>", close: "</TR>\n" });
  yield Buffer.from(headXml({ name: "asterism", columns: fields }));
  for await (const bytes of copied) yield transcode(bytes);
  yield Buffer.from(closingXml([]));
}
