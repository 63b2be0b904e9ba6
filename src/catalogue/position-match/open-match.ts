import type { CopyForm, OutputColumn } from "../../formats/output-table";
import type { TableFormatName } from "../../formats/table-formats";
import type { MatchObject } from "../../science/crossmatch/match-object";
import { aboutFile, type Origin } from "../bulk/about";
import { encodeRows, type OutputCell } from "../bulk/encode-rows";
import { type Piece, tablePieces } from "../bulk/pieces";
import { emptyCells, MATCH_COLUMNS, matchCells } from "./match-columns";
import { type MatchSettings, matchPositions } from "./match-positions";
import type { ReadRows } from "./stars-around";

/** Objects of one statement, where the thread that matches them answers other requests too: about 10 ms of work. */
const CHUNK_OBJECTS = 100;

/** Rows that one piece of the file holds. */
const PIECE_OBJECTS = 5_000;

const ROW: OutputColumn = { name: "row", type: "int32", unit: null, description: "number of the object's row in the file sent, from 1" };

/**
 * Opens a table of the stars that objects are: a row an object, in their order, or a row a neighbour where all are wanted.
 *
 * @param origin what whoever asks knows of the file
 */
export function openMatch(
  read: ReadRows,
  objects: readonly (MatchObject | null)[],
  settings: MatchSettings,
  format: TableFormatName,
  origin: Origin,
): AsyncGenerator<Piece, void> {
  const { release, radiusArcsec } = settings;
  const columns = [ROW, ...MATCH_COLUMNS];
  const chunks = async function* (form: CopyForm) {
    const matches = await matchPositions(read, objects, settings, CHUNK_OBJECTS);
    const rowsOf = (index: number): OutputCell[][] => {
      const found = matches[index]!.map((match) => [index + 1, ...matchCells(match)]);
      return found.length > 0 ? found : [[index + 1, ...emptyCells(objects[index] !== null)]];
    };
    for (let start = 0; start < objects.length; start += PIECE_OBJECTS) {
      const numbers = Array.from({ length: Math.min(PIECE_OBJECTS, objects.length - start) }, (_, index) => start + index);
      yield { copied: encodeRows(columns, numbers.flatMap(rowsOf), form), last: null };
    }
  };
  const about = aboutFile(`objects of a list and the stars within ${radiusArcsec} arcsec of them`, release, origin);
  return tablePieces({ columns, about, chunks }, format, null);
}
