import type { ColumnIndex } from "../../../formats/column-index";
import type { Cell } from "../../../formats/table";
import type { SourceIdColumn, TableHead } from "../../source-id-column";
import type { Rejected } from "../column";
import { sourceIdReader } from "../identity";

/** Reads the star of each row; where no other column says of which release it is, a star's rows, which mostly follow each other, are read once. */
export function repeatedSourceIdReader(
  head: TableHead,
  index: ColumnIndex,
  wanted: SourceIdColumn,
): (row: readonly Cell[]) => bigint | Rejected {
  const read = sourceIdReader(head, index, wanted);
  const companions = wanted.isGaiaTable ? ["designation", "release", "gaia_release"] : [];
  if (index.findAny(companions) !== -1) return read;
  const position = index.find(wanted.column);
  let cell: Cell | undefined;
  let id: bigint | Rejected;
  return (row) => {
    if (row[position] !== cell || cell === undefined) {
      cell = row[position]!;
      id = read(row);
    }
    return id;
  };
}
