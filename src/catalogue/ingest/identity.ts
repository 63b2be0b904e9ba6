import { NULL_TEXT } from "../../database/copy-text";
import type { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { SourceIdFault } from "../../science/source-id";
import { type SourceIdColumn, sourceIdColumn, type TableHead } from "../source-id-column";
import { Rejected } from "./column";

/** Reads the source_id of each row, or why the row is not taken. @throws AppError as sourceIdColumn does */
export function sourceIdReader(table: TableHead, index: ColumnIndex, wanted: SourceIdColumn): (row: readonly Cell[]) => bigint | Rejected {
  const read = sourceIdColumn(table, index, wanted);
  return (row) => {
    const id = read(row);
    if (id === null) return new Rejected("no source_id");
    return id instanceof SourceIdFault ? new Rejected(id.reason) : id;
  };
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
