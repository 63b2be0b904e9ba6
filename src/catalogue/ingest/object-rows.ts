import { NULL_TEXT } from "../../database/copy-text";
import { AppError } from "../../errors";
import { numberOfCell } from "../../formats/cells/cell-number";
import { isFloatingId } from "../../formats/cells/floating-id";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { SourceIdFault } from "../../science/source-id";
import type { TableHead } from "../source-id-column";
import { sourceIdColumn } from "../source-id-column";
import { encodeBigint, encodeText, Rejected } from "./column";
import { isNullValue } from "./mapped-values";
import type { Mapping, NullRange } from "./mapping";
import { objectPosition } from "./object-position";
import type { StagingColumn } from "./plan";

/** What every kind of catalogue table shares: the object, its position and the Gaia source it says it is. */
export const OBJECT_COLUMNS: readonly StagingColumn[] = [
  { name: "object_id", type: "text" },
  { name: "ra", type: "double precision" },
  { name: "dec", type: "double precision" },
  { name: "epoch", type: "double precision" },
  { name: "position_error", type: "real" },
  { name: "release", type: "smallint" },
  { name: "source_id", type: "bigint" },
  { name: "flags", type: "bigint" },
];

/** Columns of the file that the shared part reads. */
export const objectColumns = ({ id, gaia, position, flags }: Mapping): string[] =>
  [id, gaia?.column, position?.ra.column, position?.dec.column, position?.epoch, position?.error?.column, flags].filter(
    (name) => name !== null && name !== undefined,
  );

/** Reads the catalogue's own identifier. @throws AppError BAD_INPUT if it is a column of floating-point numbers */
function objectIdReader(
  { id: column, nulls }: Mapping,
  { columns, name }: TableHead,
  index: ColumnIndex,
): (row: readonly Cell[], rowNumber: number) => string | Rejected {
  if (column === null) return (_row, rowNumber) => String(rowNumber);
  const at = index.find(column);
  if (columns[at]!.kind === "float")
    throw new AppError(
      "BAD_INPUT",
      `${name}, column ${column}: identifiers are floating-point numbers, which round long ones. Write them as integers or text.`,
    );
  return (row) => {
    const id = encodeText(row[at]!, column);
    if (id instanceof Rejected) return id;
    if (isFloatingId(id)) return new Rejected(`identifier in ${column} is a floating-point number`);
    const isNone = id === NULL_TEXT || (nulls.length > 0 && isNullValue(numberOfCell(row[at]!) ?? Number.NaN, nulls));
    return isNone ? new Rejected(`no identifier in ${column}`) : id;
  };
}

type ReadObject = (row: readonly Cell[], rowNumber: number) => string[] | Rejected;

/** Catalogues write 0 or -1 where an object has no Gaia source. */
const NO_SOURCE: readonly NullRange[] = [
  { from: 0, to: 0 },
  { from: -1, to: -1 },
];

function gaiaReader(mapping: Mapping, head: TableHead, index: ColumnIndex): (row: readonly Cell[]) => [string, string] | Rejected {
  const { gaia } = mapping;
  if (gaia === null) return () => [NULL_TEXT, NULL_TEXT];
  const read = sourceIdColumn(head, index, { ...gaia, isGaiaTable: false, nulls: [...mapping.nulls, ...NO_SOURCE] });
  return (row) => {
    const id = read(row);
    if (id instanceof SourceIdFault) return new Rejected(id.reason);
    return id === null ? [NULL_TEXT, NULL_TEXT] : [String(gaia.release), id.toString()];
  };
}

/**
 * Reads the shared part of a row, in the order of OBJECT_COLUMNS.
 *
 * @throws AppError BAD_INPUT if identifiers are floating-point numbers, or the position's unit cannot be converted
 */
export function objectReader(mapping: Mapping, head: TableHead): ReadObject {
  const index = new ColumnIndex(head.columns, head.name);
  const flagsAt = mapping.flags === null ? -1 : index.find(mapping.flags);
  const [readId, readPlace, readGaia] = [
    objectIdReader(mapping, head, index),
    objectPosition(mapping, head),
    gaiaReader(mapping, head, index),
  ];
  return (row, rowNumber) => {
    const id = readId(row, rowNumber);
    if (id instanceof Rejected) return id;
    const place = readPlace(row);
    if (place instanceof Rejected) return place;
    const gaia = readGaia(row);
    if (gaia instanceof Rejected) return gaia;
    const flags = flagsAt === -1 ? "0" : encodeBigint(row[flagsAt]!, mapping.flags!);
    if (flags instanceof Rejected) return flags;
    return [id, ...place, ...gaia, flags === NULL_TEXT ? "0" : flags];
  };
}
