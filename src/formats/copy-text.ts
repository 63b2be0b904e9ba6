/** NULL in COPY's text format; text that reads so comes escaped. */
export const NULL_CELL = "\\N";

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** @returns what a cell of text was before COPY escaped it */
export const unescapeCell = (cell: string): string =>
  cell.includes("\\") ? cell.replaceAll(/\\(.)/g, (_whole, character: string) => ESCAPES[character] ?? character) : cell;

/**
 * A cell of a number as JSON and XML can write it, which is as PostgreSQL does; null where there is none, or where it is
 * not finite: numbers begin with a digit or a sign, `\N`, `NaN` and `Infinity` with a letter.
 */
export function finiteCell(cell: string): string | null {
  const first = cell.charCodeAt(0);
  return (first === 0x2d ? cell.charCodeAt(1) : first) <= 0x39 ? cell : null;
}

/** @returns lines that PostgreSQL's `COPY ... TO STDOUT` wrote, each as its cells */
export function* copiedLines(bytes: Buffer): Generator<string[]> {
  const text = bytes.toString("utf8");
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    yield text.slice(start, end).split("\t");
    start = end + 1;
  }
}
