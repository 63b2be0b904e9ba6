/** A column to write, with the attributes of its FIELD element. */
export interface VotableColumn {
  readonly name: string;
  /** char (ASCII) and unicodeChar are strings of any length; the others are scalars, or lists of `length` */
  readonly datatype: "boolean" | "short" | "int" | "long" | "float" | "double" | "char" | "unicodeChar";
  readonly unit?: string | null;
  readonly ucd?: string | null;
  readonly description?: string | null;
  /** ID of the COOSYS that a coordinate refers to */
  readonly ref?: string;
  readonly length?: number | undefined;
}

export interface VotableInfo {
  readonly name: string;
  readonly value: string;
  readonly text?: string;
}

/** A table without its rows. */
export interface VotableHead {
  readonly name: string;
  readonly description?: string;
  readonly columns: readonly VotableColumn[];
  readonly infos?: readonly VotableInfo[];
  /** the coordinate system: ICRS, with the Julian year of the positions */
  readonly icrs?: { readonly id: string; readonly epoch: number };
}

/** Null and numbers that are not finite are written as empty cells. */
export type VotableCell = string | number | bigint | boolean | null;

/** 1.3 is understood by all common readers, and is the first version in which an empty cell is null for every datatype. */
export const VOTABLE_OPENING =
  '<?xml version="1.0" encoding="UTF-8"?>\n<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">\n';

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** @returns the text for an XML element or attribute; characters that XML 1.0 cannot hold become U+FFFD */
export function escapeXml(text: string): string {
  const legal = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return legal.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const attribute = (name: string, value: string | null | undefined) => (value == null ? "" : ` ${name}="${escapeXml(value)}"`);

function fieldXml({ name, datatype, unit, ucd, description, ref, length }: VotableColumn): string {
  const arraysize = datatype === "char" || datatype === "unicodeChar" ? "*" : length?.toString();
  const attributes = { name, datatype, arraysize, unit, ucd, ref };
  const written = Object.entries(attributes).map(([key, value]) => attribute(key, value));
  return `<FIELD${written.join("")}><DESCRIPTION>${escapeXml(description ?? name)}</DESCRIPTION></FIELD>\n`;
}

/** @returns INFO elements, one per line */
export function infoXml(infos: readonly VotableInfo[]): string {
  return infos
    .map(({ name, value, text }) => `<INFO${attribute("name", name)}${attribute("value", value)}>${escapeXml(text ?? "")}</INFO>\n`)
    .join("");
}

/** @returns a document that describes a table and has no rows */
export const metadataXml = (head: VotableHead): string => `${tableXml(head)}</TABLE>\n</RESOURCE>\n</VOTABLE>\n`;

/** @returns the part of a TABLEDATA document before the rows */
export const headXml = (head: VotableHead): string => `${tableXml(head)}<DATA><TABLEDATA>\n`;

function tableXml({ name, description, columns, infos = [], icrs }: VotableHead): string {
  return [
    VOTABLE_OPENING,
    '<RESOURCE type="results">\n',
    infoXml(infos),
    icrs ? `<COOSYS${attribute("ID", icrs.id)} system="ICRS" epoch="J${icrs.epoch}"/>\n` : "",
    `<TABLE${attribute("name", name)}>\n`,
    description ? `<DESCRIPTION>${escapeXml(description)}</DESCRIPTION>\n` : "",
    ...columns.map(fieldXml),
  ].join("");
}

/** @returns the part after the rows */
export const closingXml = (infos: readonly VotableInfo[]): string =>
  `</TABLEDATA></DATA>\n</TABLE>\n${infoXml(infos)}</RESOURCE>\n</VOTABLE>\n`;

function cellXml(cell: VotableCell): string {
  if (cell === null || (typeof cell === "number" && !Number.isFinite(cell))) return "<TD/>";
  return `<TD>${typeof cell === "string" ? escapeXml(cell) : cell}</TD>`;
}

const rowXml = (row: readonly VotableCell[]) => `<TR>${row.map(cellXml).join("")}</TR>\n`;

/**
 * Writes a VOTable 1.3 (TABLEDATA) in pieces: one before the rows, one per batch of rows, and one after them, so that a table of
 * any length needs little memory.
 *
 * Errors of `batches` are rethrown; the output is then not well-formed, so no reader takes it for complete.
 *
 * @param batches rows, each in the order of the columns
 * @param closing INFO elements that are known only after the last row, such as whether there was more (DALI)
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
