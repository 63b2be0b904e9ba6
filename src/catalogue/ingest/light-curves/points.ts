import { numberOfCell } from "../../../formats/cells/cell-number";
import { isNullText } from "../../../formats/cells/null-text";
import { plainNumber } from "../../../formats/cells/number-text";
import type { Cell } from "../../../formats/table";
import { Rejected } from "../column";

/** Where a reader of rows puts the points that it finds. */
export interface PointSink {
  /**
   * @param time [d] since BJD (TCB) 2455197.5, or phase
   * @param mag [mag]
   * @param magError [mag]; NaN where it is not known
   * @param rejected by the photometry or the variability analysis of its archive
   */
  add(sourceId: bigint, band: string, time: number, mag: number, magError: number, rejected: boolean): void;
  /** Counts a point that is there and cannot be kept, by its reason. */
  leaveOut(reason: string): void;
}

/** Finds the points of a row. @returns why the whole row is refused, null where it is not */
export type ReadPoints = (row: readonly Cell[], sink: PointSink) => Rejected | null;

/** Magnitudes beyond are sentinels (99.999, -99) or errors. */
const MAX_MAG = 50;
/** Days since BJD 2455197.5 (2010.0) beyond are Julian dates or modified ones that were not converted. */
const MAX_DAYS = 50_000;

/** @returns why the point cannot be kept, null where it can */
export function faultOfPoint(time: number, mag: number, folded: boolean): string | null {
  if (Number.isNaN(time)) return folded ? "point without a phase" : "point without a time";
  if (folded && !(time >= -1 && time <= 2)) return "phase beyond -1 to 2";
  if (Math.abs(time) > MAX_DAYS) return `time beyond ${MAX_DAYS} d from BJD 2455197.5: another zero point?`;
  if (Number.isNaN(mag)) return "point without a magnitude";
  return Math.abs(mag) > MAX_MAG ? `magnitude beyond ${MAX_MAG}` : null;
}

/** A text's number, NaN where it says that there is none. @returns undefined where it is no number */
function numberOfText(text: string): number | undefined {
  const value = Number(text);
  // Nearly all texts; Number("") is 0, and 0x10 is 16.
  if (Number.isFinite(value) && value !== 0 && !/[xXbBoO]/.test(text)) return value;
  const plain = plainNumber(text);
  return plain === null ? Number.NaN : plain === undefined ? undefined : Number(plain);
}

/** A cell's number, NaN for a null. */
export function numberOrNaN(cell: Cell, column: string): number | Rejected {
  const value = typeof cell === "string" ? numberOfText(cell) : numberOfCell(cell);
  return value === undefined ? new Rejected(`bad number in ${column}`) : (value ?? Number.NaN);
}

/** The parts of an array's text, which archives write as `[1.0,null]`, `(1.0, nan)` or `{1.0,NULL}`; null for other text. */
function listOf(text: string): string[] | null {
  const trimmed = text.trim();
  if (!"[({".includes(trimmed[0] ?? "-") || !"])}".includes(trimmed.at(-1)!)) return null;
  const inside = trimmed.slice(1, -1);
  return inside.trim() === "" ? [] : inside.split(",");
}

/** A cell's numbers: those of an array, or of one value an array of it. NaN for a null. */
export function numbersOfCell(cell: Cell, column: string): ArrayLike<number> | Rejected {
  if (Array.isArray(cell))
    return cell.map((value: number | bigint | null) => (value === null || !Number.isFinite(Number(value)) ? Number.NaN : Number(value)));
  const list = typeof cell === "string" ? listOf(cell) : null;
  if (list === null) {
    const value = numberOrNaN(cell as Cell, column);
    return value instanceof Rejected ? value : [value];
  }
  const values = new Float64Array(list.length);
  for (let index = 0; index < list.length; index++) {
    const value = numberOfText(list[index]!);
    if (value === undefined) return new Rejected(`bad number in ${column}`);
    values[index] = value;
  }
  return values;
}

/** Nearly all flags of archives; looking them up is faster than trimming. */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["false", false],
  ["true", true],
  ["0", false],
  ["1", true],
]);

/** @returns undefined where the text is neither true, false nor null (which is false) */
function flagOfText(text: string): boolean | undefined {
  const usual = FLAGS.get(text);
  if (usual !== undefined) return usual;
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "t" || word === "1") return true;
  return word === "false" || word === "f" || word === "0" || isNullText(word) ? false : undefined;
}

/** A cell's flags: those of an array, or of one value an array of it; a null is false. */
export function flagsOfCell(cell: Cell, column: string): readonly boolean[] | Rejected {
  if (Array.isArray(cell)) return cell.map((value) => Boolean(value));
  const text = cell === null ? "" : String(cell);
  const flags = (listOf(text) ?? [text]).map(flagOfText);
  return flags.includes(undefined) ? new Rejected(`bad flag in ${column}`) : (flags as boolean[]);
}
