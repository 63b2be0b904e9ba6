import type { Cell } from "../../../formats/table";
import type { Rejected } from "../column";
import type { ColumnIndex } from "../column-index";
import { readSourceId } from "../identity";

/** Reads the star of each row; a star's rows mostly follow each other, and its digits are read once. */
export function sourceIdReader(index: ColumnIndex, column: string): (row: readonly Cell[]) => bigint | Rejected {
  const position = index.find(column);
  let cell: Cell | undefined;
  let id: bigint | Rejected;
  return (row) => {
    if (row[position] !== cell) {
      cell = row[position]!;
      id = readSourceId(cell);
    }
    return id;
  };
}
