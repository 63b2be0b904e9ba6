import { NULL_TEXT } from "../../database/copy-text";
import type { Cell } from "../../formats/table";
import { encodeBigint, Rejected } from "./column";

/** Reads a source_id: 1 to 2^63 - 1, every digit kept. */
export function readSourceId(cell: Cell): bigint | Rejected {
  const text = encodeBigint(cell, "source_id");
  if (text instanceof Rejected) return text;
  if (text === NULL_TEXT) return new Rejected("no source_id");
  // A float column has already lost digits: 6917528997577384321 reads as ...384000.
  if (typeof cell === "number" && !Number.isSafeInteger(cell)) return new Rejected("source_id is a rounded number");
  const id = BigInt(text);
  return id > 0n ? id : new Rejected("source_id is not positive");
}

/** Checks a position's COPY texts: right ascension [0, 360) and declination [-90, 90], deg. @returns null if it is one */
export function readPosition(ra: string | Rejected, dec: string | Rejected): Rejected | null {
  if (ra instanceof Rejected) return ra;
  if (dec instanceof Rejected) return dec;
  if (ra === NULL_TEXT || dec === NULL_TEXT) return new Rejected("no position");
  const alpha = Number(ra);
  if (!(alpha >= 0 && alpha < 360)) return new Rejected("ra outside 0 to 360 deg");
  return Math.abs(Number(dec)) <= 90 ? null : new Rejected("dec outside -90 to 90 deg");
}
