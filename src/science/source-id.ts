import { SOURCE_ID_LEVEL } from "./sky/healpix";

/** The last source_id of the last pixel: 12 * 4^12 pixels of level 12, of 2^35 numbers each (Gaia DR3 documentation, 20.1.1). */
export const LARGEST_SOURCE_ID = 12n * 4n ** BigInt(SOURCE_ID_LEVEL) * 2n ** 35n - 1n;

/** Why something is no source_id. */
export class SourceIdFault {
  /**
   * @param reason in few words, the same for every value with this fault
   * @param advice what to do, or what is wanted instead
   */
  constructor(
    readonly reason: string,
    readonly advice: string,
  ) {}

  /** @returns a sentence about the value, without a full stop */
  of(value: unknown): string {
    const shown = value === null || value === undefined || value === "" ? "an empty value" : `'${String(value).slice(0, 40)}'`;
    return this === NO_ID ? `${shown} is no source_id: ${this.advice}` : `${shown} is no source_id (${this.reason}): ${this.advice}`;
  }
}

const RANGE = `a whole number from 1 to ${LARGEST_SOURCE_ID} is wanted`;
const NO_ID = new SourceIdFault("not a source_id", RANGE);
const OUT_OF_RANGE = new SourceIdFault("source_id out of range", RANGE);
/** A double keeps 53 bits; 6917528997577384321 came back from one as 6917528997577384000. */
const ROUNDED = new SourceIdFault(
  "source_id is a rounded number",
  "a floating-point number cannot keep its 64 bits, so the last digits are lost; write ids as 64-bit integers or as text",
);

const otherRelease = (said: number, wanted: number) =>
  new SourceIdFault(
    `source_id of DR${said}, not of DR${wanted}`,
    `an id means another star in another release; name DR${said} as the release, or cross-match the ids`,
  );

const inRange = (id: bigint): bigint | SourceIdFault => (id >= 1n && id <= LARGEST_SOURCE_ID ? id : OUT_OF_RANGE);

function fromNumber(value: number): bigint | SourceIdFault {
  return Number.isSafeInteger(value) ? inRange(BigInt(value)) : ROUNDED;
}

const DESIGNATION = /^gaia\s+e?dr(\d)\s+(\d{1,19})$/i;
/** What a double prints as: a fraction, or an exponent. */
const FLOATING = /^[+-]?(\d+\.\d*|\.\d+|\d+(?=[eEdD]))([eEdD][+-]?\d+)?$/;

function fromText(text: string, release: number | null): bigint | SourceIdFault {
  if (/^\+?\d{1,19}$/.test(text)) return inRange(BigInt(text.replace("+", "")));
  const designation = DESIGNATION.exec(text);
  if (designation) {
    const said = Number(designation[1]);
    return release !== null && said !== release ? otherRelease(said, release) : inRange(BigInt(designation[2]!));
  }
  if (FLOATING.test(text)) return ROUNDED;
  return /^[+-]?\d+$/.test(text) ? OUT_OF_RANGE : NO_ID;
}

/**
 * Reads a Gaia source_id: the one rule of files, requests and command lines. Digits, `Gaia DR3 ` and digits, a 64-bit integer,
 * or an array of one of them. What may have lost digits in a floating-point number is refused.
 *
 * @param release that the id has to be of; null if that does not matter
 */
export function readSourceId(value: unknown, release: number | null = null): bigint | SourceIdFault {
  if (typeof value === "bigint") return inRange(value);
  if (typeof value === "number") return fromNumber(value);
  if (typeof value === "string") return fromText(value, release);
  if (Array.isArray(value) && value.length === 1) return readSourceId(value[0], release);
  return NO_ID;
}

/** @returns why ids of one release are not those of another; null if they are */
export const releaseFault = (said: number, wanted: number): SourceIdFault | null => (said === wanted ? null : otherRelease(said, wanted));

/** That of a column of floating-point numbers, whatever its values are. */
export const ROUNDED_SOURCE_ID = ROUNDED;
