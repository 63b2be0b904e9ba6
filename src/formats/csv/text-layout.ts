import { AppError } from "../../errors";
import { isNullText } from "../cells/null-text";
import { plainNumber } from "../cells/number-text";
import { parseUnit } from "../units/parse-unit";
import { type Delimiter, RecordCutter } from "./csv-records";

/** How a text table is laid out. */
export interface TextLayout {
  readonly delimiter: Delimiter;
  /** Names of the columns where they stand in a comment; null if the first record names them. */
  readonly names: readonly string[] | null;
  /** Units of the columns, if a line states them. */
  readonly units: readonly string[] | null;
  /** The sample from its first record on, without comments, units and dashes. */
  readonly body: string;
}

/** Spreadsheets tell each other by a first line `sep=;` what parts the cells. */
const SEPARATOR_LINE = /^"?sep=([,;|\t])"?[ \t]*\r?\n/i;

interface Line {
  readonly text: string;
  /** Where the line that follows begins. */
  readonly end: number;
}

const DELIMITERS = [",", "\t", ";", "|"] as const satisfies readonly Delimiter[];

/** Cells of one line; null if a quote goes on in the next one. */
function cellsOf(text: string, delimiter: Delimiter): string[] | null {
  try {
    const [cells] = [...new RecordCutter("", delimiter).push(`${text}\n`)];
    return cells?.map((cell) => cell.trim()) ?? null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const isNumeric = (cell: string): boolean => typeof plainNumber(cell) === "string";
const isName = (cell: string): boolean => !isNullText(cell) && !isNumeric(cell) && !/\s/.test(cell);
const isDashes = (cells: readonly string[] | null): boolean =>
  cells?.every((cell) => /^-*$/.test(cell)) === true && cells.some((cell) => cell.length > 2);

/** Whether every cell is a unit or says that there is none, and one is a unit. */
function areUnits(cells: readonly string[]): boolean {
  const isUnit = (cell: string) => !isNumeric(cell) && (isNullText(cell) || parseUnit(cell) !== null);
  return cells.every(isUnit) && cells.some((cell) => !isNullText(cell) && (parseUnit(cell)?.dimensions.size ?? 0) > 0);
}

/** Splits a sample into the comments that it begins with and the lines that follow. */
function splitLines(sample: string): { comments: string[]; lines: Line[]; start: number } {
  const [comments, lines]: [string[], Line[]] = [[], []];
  let start = sample.length;
  for (let at = 0; at < sample.length && lines.length < 4; ) {
    const found = sample.indexOf("\n", at);
    const end = found === -1 ? sample.length : found + 1;
    const text = sample.slice(at, end).trimEnd();
    if (lines.length === 0 && /^\s*#/.test(text)) comments.push(text.replace(/^\s*#+/, ""));
    else if (text.trim() !== "") {
      if (lines.length === 0) start = at;
      lines.push({ text, end });
    }
    at = end;
  }
  return { comments, lines, start };
}

/** The character that parts the cells of both the first lines, or of the first at least. */
function delimiterOf(first: string, second: string | undefined): Delimiter {
  const count = (line: string, delimiter: Delimiter) => cellsOf(line, delimiter)?.length ?? 1;
  const used = DELIMITERS.map((delimiter) => ({ delimiter, cells: count(first, delimiter) }))
    .filter(({ cells }) => cells > 1)
    .sort((a, b) => b.cells - a.cells);
  const agreed = used.find(({ delimiter, cells }) => second === undefined || count(second, delimiter) === cells);
  const chosen = agreed ?? used[0];
  if (chosen) return chosen.delimiter;
  // The blanks of a designation part nothing: Gaia DR3 4295806720.
  if (/^\s*gaia\s+e?dr\d\s+\d+$/i.test(first)) return ",";
  const blanks = count(first, "whitespace");
  return blanks > 1 && (second === undefined || count(second, "whitespace") === blanks) ? "whitespace" : ",";
}

/** Comments that may be the header of rows with so many cells: the last of them, and the units that follow it. */
function commentedHeader(comments: readonly string[], width: number, delimiter: Delimiter): Pick<TextLayout, "names" | "units"> {
  const fitting = comments.map((comment) => cellsOf(comment, delimiter)).filter((cells) => cells?.length === width) as string[][];
  const [before, last] = [fitting.at(-2), fitting.at(-1)];
  if (before?.every(isName) && last && areUnits(last)) return { names: before, units: last };
  return { names: last?.every(isName) ? last : null, units: null };
}

/** Whether the first line is a row already, so that its header must be a comment. */
function isRow(first: readonly string[], second: readonly string[] | null): boolean {
  if (first.some(isNumeric)) return true;
  return second !== null && first.length > 1 && !second.some(isNumeric);
}

/** VizieR writes units below the header, and dashes below those; spreadsheets often have the units alone. */
function linesBelowHeader(lines: readonly Line[], delimiter: Delimiter): { units: readonly string[] | null; end: number } | null {
  const [header, second, third] = lines.map(({ text }) => cellsOf(text, delimiter));
  if (!header || !second) return null;
  if (isDashes(second)) return { units: null, end: lines[1]!.end };
  if (second.length !== header.length) return null;
  if (third && isDashes(third)) return { units: second, end: lines[2]!.end };
  return areUnits(second) && third?.some(isNumeric) ? { units: second, end: lines[1]!.end } : null;
}

/**
 * Tells how a text table is laid out: which lines are comments, where the header is, and what parts the cells.
 *
 * @param sample the beginning of the text, lines ended by line feeds
 * @param given what parts the cells, if it is known
 */
export function textLayout(sample: string, given: Delimiter | undefined): TextLayout {
  const spreadsheet = SEPARATOR_LINE.exec(sample);
  if (spreadsheet) return textLayout(sample.slice(spreadsheet[0].length), given ?? (spreadsheet[1] as Delimiter));
  const { comments, lines, start } = splitLines(sample);
  const [first, second] = lines;
  if (!first) {
    const header = comments.at(-1) ?? "";
    const delimiter = given ?? delimiterOf(header, undefined);
    return { delimiter, names: cellsOf(header, delimiter), units: null, body: "" };
  }
  const delimiter = given ?? delimiterOf(first.text, second?.text);
  const cells = cellsOf(first.text, delimiter);
  const commented = cells ? commentedHeader(comments, cells.length, delimiter) : { names: null, units: null };
  if (commented.names !== null && isRow(cells!, second ? cellsOf(second.text, delimiter) : null))
    return { delimiter, ...commented, body: sample.slice(start) };
  const below = linesBelowHeader(lines, delimiter);
  if (below === null) return { delimiter, names: null, units: null, body: sample.slice(start) };
  return { delimiter, names: null, units: below.units, body: `${first.text}\n${sample.slice(below.end)}` };
}
