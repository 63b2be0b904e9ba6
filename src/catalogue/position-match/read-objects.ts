import { AppError } from "../../errors";
import type { TableStream } from "../../formats/table";
import type { MatchObject } from "../../science/crossmatch/match-object";
import { MAX_IDS } from "../lookup/ids";
import { objectColumn, type PositionChoice } from "./position-columns";

/** What a table holds to be matched. */
export interface ReadObjects {
  /** in the order of the rows; null where a row has no position */
  readonly objects: readonly (MatchObject | null)[];
  /** numbers of the columns that hold arrays in some row, which only some formats can be given */
  readonly arrays: ReadonlySet<number>;
}

/**
 * Reads the positions of a table.
 *
 * @param name for messages
 * @param most rows
 * @throws AppError BAD_INPUT if it has no rows or more than that, and as objectColumn does
 */
export async function readObjects(table: TableStream, name: string, choice: PositionChoice, most = MAX_IDS): Promise<ReadObjects> {
  const read = objectColumn({ name, columns: table.columns }, choice);
  const objects: (MatchObject | null)[] = [];
  const arrays = new Set<number>();
  for await (const batch of table.batches) {
    for (const row of batch) {
      objects.push(read(row, objects.length + 1));
      for (let column = 0; column < row.length; column++) if (Array.isArray(row[column])) arrays.add(column);
    }
    if (objects.length > most)
      throw new AppError("BAD_INPUT", `${name} has more than ${most} rows. Cut it into files of as many, or ingest it as a catalogue.`);
  }
  if (objects.length === 0) throw new AppError("BAD_INPUT", `${name} has no rows: there is nothing to match.`);
  return { objects, arrays };
}
