/** A column to be written: what its FIELD element says. */
export interface VotableColumn {
  readonly name: string;
  /** char (ASCII) and unicodeChar are texts of any length; the others are scalars */
  readonly datatype: "boolean" | "short" | "int" | "long" | "float" | "double" | "char" | "unicodeChar";
  readonly unit?: string | null;
  readonly ucd?: string | null;
  readonly description?: string | null;
  /** ID of the COOSYS that a coordinate refers to */
  readonly ref?: string;
}

export interface VotableInfo {
  readonly name: string;
  readonly value: string;
  readonly text?: string;
}

/** Everything of a table but its rows. */
export interface VotableHead {
  readonly name: string;
  readonly description?: string;
  readonly columns: readonly VotableColumn[];
  readonly infos?: readonly VotableInfo[];
  /** ICRS positions, and the Julian year that they hold for */
  readonly icrs?: { readonly id: string; readonly epoch: number };
}

/** Null, and a number that is not finite, is written as an empty cell: not measured. */
export type VotableCell = string | number | bigint | boolean | null;

/** 1.3 is what every reader in use understands, and the first in which an empty cell is null whatever its datatype. */
export const VOTABLE_OPENING =
  '<?xml version="1.0" encoding="UTF-8"?>\n<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">\n';

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** @returns the text for an XML element or attribute; characters that XML 1.0 cannot hold become U+FFFD */
export function escapeXml(text: string): string {
  const legal = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return legal.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const attribute = (name: string, value: string | null | undefined) => (value == null ? "" : ` ${name}="${escapeXml(value)}"`);

function fieldXml({ name, datatype, unit, ucd, description, ref }: VotableColumn): string {
  const arraysize = datatype === "char" || datatype === "unicodeChar" ? "*" : null;
  const attributes = { name, datatype, arraysize, unit, ucd, ref };
  const written = Object.entries(attributes).map(([key, value]) => attribute(key, value));
  return `<FIELD${written.join("")}><DESCRIPTION>${escapeXml(description ?? name)}</DESCRIPTION></FIELD>\n`;
}

/** @returns INFO elements, one a line */
export function infoXml(infos: readonly VotableInfo[]): string {
  return infos
    .map(({ name, value, text }) => `<INFO${attribute("name", name)}${attribute("value", value)}>${escapeXml(text ?? "")}</INFO>\n`)
    .join("");
}

/** @returns what stands before the rows of a TABLEDATA document */
export function headXml({ name, description, columns, infos = [], icrs }: VotableHead): string {
  return [
    VOTABLE_OPENING,
    '<RESOURCE type="results">\n',
    infoXml(infos),
    icrs ? `<COOSYS${attribute("ID", icrs.id)} system="ICRS" epoch="J${icrs.epoch}"/>\n` : "",
    `<TABLE${attribute("name", name)}>\n`,
    description ? `<DESCRIPTION>${escapeXml(description)}</DESCRIPTION>\n` : "",
    ...columns.map(fieldXml),
    "<DATA><TABLEDATA>\n",
  ].join("");
}

/** @returns what stands after them */
export const closingXml = (infos: readonly VotableInfo[]): string =>
  `</TABLEDATA></DATA>\n</TABLE>\n${infoXml(infos)}</RESOURCE>\n</VOTABLE>\n`;

function cellXml(cell: VotableCell): string {
  if (cell === null || (typeof cell === "number" && !Number.isFinite(cell))) return "<TD/>";
  return `<TD>${typeof cell === "string" ? escapeXml(cell) : cell}</TD>`;
}

const rowXml = (row: readonly VotableCell[]) => `<TR>${row.map(cellXml).join("")}</TR>\n`;

/**
 * Writes a VOTable 1.3 (TABLEDATA) piece by piece: one piece before the rows, one a batch of rows, one after them, so
 * that a table of any length passes through little memory.
 *
 * An error of `batches` passes on, and what was written then is not well-formed: no reader takes it for a whole table.
 *
 * @param batches rows, each in the order of the columns
 * @param closing what is only known after the last row, as whether there was more (DALI's trailing INFO)
 */
export async function* writeVotable(
  head: VotableHead,
  batches: AsyncIterable<readonly (readonly VotableCell[])[]>,
  closing: () => readonly VotableInfo[] = () => [],
): AsyncGenerator<string> {
  yield headXml(head);
  for await (const rows of batches) yield rows.map(rowXml).join("");
  yield closingXml(closing());
}
