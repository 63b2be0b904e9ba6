import { type CellFrame, transcoder } from "../copy/copy-text";
import { NOTHING_ABOUT, type OutputColumn, type OutputType, type TableAbout } from "../output-table";
import { closingXml, escapeXml, headXml, type VotableColumn, type VotableHead } from "./votable-writer";

const DATATYPES: Readonly<Record<OutputType, VotableColumn["datatype"]>> = {
  int64: "long",
  int32: "int",
  int16: "short",
  float64: "double",
  float32: "float",
  boolean: "boolean",
  string: "unicodeChar",
};

/** PostgreSQL writes a vector as {1,2}, VOTable as 1 2. */
const listText = (text: string) => text.slice(1, -1).replaceAll(",", " ");

const frame = ({ type, length }: OutputColumn): CellFrame => ({
  open: "<TD>",
  close: "</TD>",
  empty: "<TD/>",
  text: length === undefined ? (type === "string" ? escapeXml : null) : listText,
  words: type === "boolean",
});

/** A table's columns and what it says of itself, as a VOTable describes them. */
export const votableHead = (columns: readonly OutputColumn[], { description, notes }: TableAbout): VotableHead => ({
  name: "asterism",
  description,
  infos: notes,
  columns: columns.map(({ name, type, unit, ucd, length, description: text }) => ({
    name,
    datatype: DATATYPES[type],
    unit,
    ucd,
    length,
    description: text,
  })),
});

/** A VOTable with the rows as text (TABLEDATA). */
export async function* writeVotableTable(
  columns: readonly OutputColumn[],
  copied: AsyncIterable<Buffer>,
  about: TableAbout = NOTHING_ABOUT,
): AsyncGenerator<Uint8Array> {
  const transcode = transcoder(columns.map(frame), { open: "<TR>", close: "</TR>\n" });
  yield Buffer.from(headXml(votableHead(columns, about)));
  for await (const bytes of copied) yield transcode(bytes);
  yield Buffer.from(closingXml([]));
}
