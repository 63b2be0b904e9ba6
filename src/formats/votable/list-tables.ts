import { SaxesParser } from "saxes";
import { AppError } from "../../errors";
import type { FileBytes } from "../bytes";
import type { NamedTable } from "../choose-table";
import { decodeText } from "../text";
import { xmlFault } from "./xml-fault";

export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Longest match below. */
const OVERLAP = 64;

/** Counts TABLE elements in the bytes, without parsing them: most documents have one. */
async function countTables({ chunks }: FileBytes): Promise<number> {
  let count = 0;
  let rest = "";
  for await (const chunk of chunks) {
    // UTF-16 has a zero beside every letter.
    const text = rest + chunk.toString("latin1").replaceAll("\0", "");
    // What may go on in the next chunk is counted there.
    const whole = text.length - OVERLAP;
    for (const { index } of text.matchAll(/<(?:[\w.-]{1,40}:)?TABLE[\s>/]/g)) if (index < whole) count++;
    rest = text.slice(Math.max(0, whole));
  }
  return count + [...rest.matchAll(/<(?:[\w.-]{1,40}:)?TABLE[\s>/]/g)].length;
}

interface Listed extends NamedTable {
  rows: number | null;
}

/** Lists the tables that have data; rows in a binary stream are not counted. */
function listingParser(tables: Listed[], file: string): SaxesParser {
  const xml = new SaxesParser();
  let name: string | null = null;
  let [inData, inStream] = [false, false];
  xml.on("error", (error) => {
    throw new AppError("BAD_INPUT", `${file} ${xmlFault(error)}.`);
  });
  xml.on("opentag", ({ name: tag, attributes }) => {
    const element = localName(tag);
    if (element === "TABLE") name = String(attributes.name ?? attributes.ID ?? "") || null;
    else if (element === "DATA") inData = Boolean(tables.push({ name, rows: 0 }));
    else if (element === "TR" && inData) tables.at(-1)!.rows! += 1;
    inStream = element === "STREAM";
  });
  xml.on("text", (text) => {
    if (inStream && inData && text.trim() !== "") tables.at(-1)!.rows = null;
  });
  xml.on("closetag", ({ name: tag }) => {
    if (localName(tag) === "DATA") inData = false;
  });
  return xml;
}

/**
 * Lists the tables with data of a VOTable document.
 *
 * @param open the document's bytes, once more at each call
 * @returns null if there is only one TABLE element
 */
export async function listVotables(open: () => Promise<FileBytes>): Promise<NamedTable[] | null> {
  if ((await countTables(await open())) <= 1) return null;
  const tables: Listed[] = [];
  const bytes = await open();
  const xml = listingParser(tables, bytes.name);
  for await (const text of decodeText(bytes.chunks, bytes.name)) xml.write(text);
  return tables;
}
