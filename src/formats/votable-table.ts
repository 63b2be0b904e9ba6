import { copiedLines, finiteCell, NULL_CELL, unescapeCell } from "./copy-text";
import type { OutputColumn, OutputType } from "./output-table";
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

function cellXml(type: OutputType, cell: string): string {
  if (cell === NULL_CELL) return "<TD/>";
  if (type === "string") return `<TD>${escapeXml(unescapeCell(cell))}</TD>`;
  const written = type === "boolean" ? cell : finiteCell(cell);
  return written === null ? "<TD/>" : `<TD>${written}</TD>`;
}

/** A VOTable of the columns, its rows as text (TABLEDATA). */
export async function* writeVotableTable(columns: readonly OutputColumn[], copied: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const fields = columns.map(({ name, type, unit, description }) => ({ name, datatype: DATATYPES[type], unit, description }));
  yield Buffer.from(headXml({ name: "asterism", columns: fields }));
  for await (const bytes of copied) {
    let text = "";
    for (const cells of copiedLines(bytes)) {
      text += "<TR>";
      for (let index = 0; index < columns.length; index++) text += cellXml(columns[index]!.type, cells[index]!);
      text += "</TR>\n";
    }
    yield Buffer.from(text);
  }
  yield Buffer.from(closingXml([]));
}
