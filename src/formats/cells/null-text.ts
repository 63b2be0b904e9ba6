/** What astropy, pandas, NumPy, R, SQL, TOPCAT, IRAF, SIMBAD, journals and spreadsheets write where there is no value; in small letters. */
const NULL_WORDS: ReadonlySet<string> = new Set([
  "",
  "-",
  "--",
  "---",
  "\\n",
  "?",
  "~",
  "...",
  "\\nodata",
  "#n/a",
  "#na",
  "#null!",
  "<na>",
  "<null>",
  "(null)",
  "1.#ind",
  "-1.#ind",
  "1.#qnan",
  "-1.#qnan",
  "1.#inf",
  "-1.#inf",
  "indef",
  "masked",
  "missing",
  "n/a",
  "n.a.",
  "na",
  "nan",
  "+nan",
  "-nan",
  "nan(ind)",
  "-nan(ind)",
  "nat",
  "nil",
  "nodata",
  "none",
  "null",
  "undef",
  "undefined",
]);
const LONGEST = Math.max(...[...NULL_WORDS].map((word) => word.length));

/** Whether a cell's text means that there is no value: the one list for every format and every kind of column. */
export function isNullText(text: string): boolean {
  if (text === "") return true;
  const word = text.trim();
  return word.length <= LONGEST && NULL_WORDS.has(word.toLowerCase());
}
