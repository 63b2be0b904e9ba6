import { NULL_TEXT } from "../../database/copy-text";
import type { Cell, Column } from "../../formats/table";
import { encodeBigint, encodeDouble, encodeText, Rejected } from "./column";
import { ColumnIndex } from "./column-index";
import { readPosition, readSourceId } from "./identity";
import { valueReader } from "./mapped-values";
import type { Mapping } from "./mapping";
import type { StagingColumn } from "./plan";

/** What every kind of catalogue table shares: the object, its position and the Gaia source it says it is. */
export const OBJECT_COLUMNS: readonly StagingColumn[] = [
  { name: "object_id", type: "text" },
  { name: "ra", type: "double precision" },
  { name: "dec", type: "double precision" },
  { name: "release", type: "smallint" },
  { name: "source_id", type: "bigint" },
  { name: "flags", type: "bigint" },
];

/** Columns of the file that the shared part reads. */
export const objectColumns = ({ id, gaia, position, flags }: Mapping): string[] =>
  [id, gaia?.column, position?.ra.column, position?.dec.column, flags].filter((name) => name !== null && name !== undefined);

type ReadObject = (row: readonly Cell[], rowNumber: number) => string[] | Rejected;

function gaiaReader({ gaia }: Mapping, index: ColumnIndex): (row: readonly Cell[]) => [string, string] | Rejected {
  if (gaia === null) return () => [NULL_TEXT, NULL_TEXT];
  const [at, release] = [index.find(gaia.column), String(gaia.release)];
  return (row) => {
    const text = encodeBigint(row[at]!, gaia.column);
    // Catalogues write an empty cell, 0 or -1 where an object has no Gaia source.
    if (text === NULL_TEXT || text === "0" || text === "-1") return [NULL_TEXT, NULL_TEXT];
    const id = readSourceId(row[at]!);
    return id instanceof Rejected ? id : [release, id.toString()];
  };
}

function positionOf({ position }: Mapping, columns: readonly Column[]): (row: readonly Cell[]) => [string, string] | Rejected {
  if (position === null) return () => [NULL_TEXT, NULL_TEXT];
  const [readRa, readDec] = [valueReader(position.ra, columns, encodeDouble), valueReader(position.dec, columns, encodeDouble)];
  return (row) => {
    const [ra, dec] = [readRa(row), readDec(row)];
    if (ra === NULL_TEXT && dec === NULL_TEXT) return [NULL_TEXT, NULL_TEXT];
    return readPosition(ra, dec) ?? [ra as string, dec as string];
  };
}

/** Reads the shared part of a row, in the order of OBJECT_COLUMNS. */
export function objectReader(mapping: Mapping, columns: readonly Column[]): ReadObject {
  const index = new ColumnIndex(columns);
  const [idAt, flagsAt] = [mapping.id === null ? -1 : index.find(mapping.id), mapping.flags === null ? -1 : index.find(mapping.flags)];
  const [readPlace, readGaia] = [positionOf(mapping, columns), gaiaReader(mapping, index)];
  return (row, rowNumber) => {
    const id = idAt === -1 ? String(rowNumber) : encodeText(row[idAt]!, mapping.id!);
    if (id instanceof Rejected) return id;
    if (id === NULL_TEXT || /^nan$/i.test(id)) return new Rejected(`no identifier in ${mapping.id}`);
    const place = readPlace(row);
    if (place instanceof Rejected) return place;
    const gaia = readGaia(row);
    if (gaia instanceof Rejected) return gaia;
    const flags = flagsAt === -1 ? "0" : encodeBigint(row[flagsAt]!, mapping.flags!);
    if (flags instanceof Rejected) return flags;
    return [id, ...place, ...gaia, flags === NULL_TEXT ? "0" : flags];
  };
}
