import { AppError } from "../errors";
import type { FileBytes } from "./bytes";
import { isUtf16 } from "./text";

/** First bytes of files that are often mistaken for tables. */
const OTHER_FORMATS: readonly (readonly [magic: string, name: string, advice: string])[] = [
  ["\x89HDF", "an HDF5 file", "Export it as CSV, ECSV, VOTable, FITS or Parquet."],
  ["Obj\x01", "an Avro file", "Export it as CSV, ECSV, VOTable, FITS or Parquet."],
  ["ARROW1", "an Arrow file", "Export it as Parquet."],
  ["%PDF", "a PDF document", "Name a table file."],
  ["\xd0\xcf\x11\xe0", "an Excel workbook", "Save the sheet as CSV."],
  ["BZh", "a bzip2 file", "Unpack it, or compress it with gzip."],
  ["7z\xbc\xaf", "a 7-Zip archive", "Unpack it, or compress it with gzip."],
  ["\xfd7zXZ", "an xz file", "Unpack it, or compress it with gzip."],
  ["\x28\xb5\x2f\xfd", "a Zstandard file", "Unpack it, or compress it with gzip."],
  [
    "version https://git-lfs",
    "a pointer of Git LFS, which stands for a file that is elsewhere",
    "Fetch the file itself with `git lfs pull`.",
  ],
  ["\\", "an IPAC table, or another text that begins with a backslash", "Ask the archive for CSV, VOTable or FITS."],
];

const WANTED = "CSV, ECSV, VOTable, FITS or Parquet (plain, gzipped, or in a zip or tar archive) is wanted";

/** What may stand before the first element of a document. */
const PROLOG = /^\s*(?:(?:<\?[^>]*>|<!--[\s\S]*?-->)\s*)*/;
const HTML = /^<(!doctype\s+html|html|head|body|title|meta|script|style|center|div|h[1-6]|p|pre|b|br)\b/i;
const JSON_START = /^\s*(\{\s*("|\})|\[\s*(\{|\[|"|\]))/;

/** @returns what a page is about, for a message */
function excerpt(text: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? text.replaceAll(/<[^>]*>/g, " ");
  const words = title.replaceAll(/\s+/g, " ").trim().slice(0, 100);
  return words === "" ? "" : ` It says: '${words}'.`;
}

/**
 * Refuses what is no table but often comes in its place: a server's error page, whatever the file is called, or another format.
 *
 * @param start the beginning of the content, a character a byte
 * @throws AppError BAD_INPUT saying what it is
 */
export function refuseOtherContent(name: string, start: string): void {
  const refuse = (what: string, advice: string): never => {
    throw new AppError("BAD_INPUT", `${name} is ${what}; ${WANTED}. ${advice}`);
  };
  const other = OTHER_FORMATS.find(([magic]) => start.startsWith(magic));
  if (other) refuse(other[1], other[2]);
  const body = start.replace(PROLOG, "");
  if (HTML.test(body)) refuse("a web page, perhaps a server's error message", `Download it again.${excerpt(body)}`);
  if (JSON_START.test(start)) refuse("JSON, perhaps a server's error message", `Download it again.${excerpt(start)}`);
  const element = /^<([A-Za-z][\w.:-]*)/.exec(body)?.[1];
  if (element !== undefined && !/^([\w.-]+:)?VOTABLE$/.test(element))
    refuse(`XML, but a <${element}> and not a VOTABLE, perhaps a server's error message`, `Download it again.${excerpt(body)}`);
}

/** Of UTF-16, each plain letter has a zero before it or behind it. */
function hasZeroBesideEveryByte(head: Buffer): boolean {
  const zerosFrom = (first: number) => [0, 2, 4, 6].every((at) => head[at + first] === 0 && head[at + 1 - first] !== 0);
  return zerosFrom(0) || zerosFrom(1);
}

/** @throws AppError BAD_INPUT if the content is not text */
export function refuseBinary({ head, name }: Pick<FileBytes, "head" | "name">): void {
  if (!head.includes(0) || isUtf16(head)) return;
  if (hasZeroBesideEveryByte(head))
    throw new AppError(
      "BAD_INPUT",
      `${name} is UTF-16 text without a byte order mark. Save it as UTF-8, or convert it with \`iconv -f utf-16le -t utf-8\` (or utf-16be).`,
    );
  throw new AppError("BAD_INPUT", `${name} is a binary file of no known format; ${WANTED}.`);
}
