import { AppError } from "../errors";
import { scalarOf } from "./cells/cell-number";
import type { Cell, TableStream } from "./table";

const SUFFIX = ".mask";

function isMasked(cell: Cell, where: string): boolean {
  const flag = scalarOf(cell);
  if (flag === null || flag === undefined) return false;
  if (/^(true|t|1)$/i.test(String(flag).trim())) return true;
  if (/^(false|f|0)$/i.test(String(flag).trim())) return false;
  throw new AppError("BAD_INPUT", `${where}: '${String(flag).slice(0, 40)}' is not True or False, so what it masks is not known.`);
}

/** A mask of an array's elements, or of the whole cell. */
function masked(cell: Cell, mask: Cell, where: string): Cell {
  if (Array.isArray(mask) && Array.isArray(cell) && mask.length === cell.length)
    return cell.map((value: number | bigint | null, index) => (mask[index] ? null : value));
  return isMasked(mask, where) ? null : cell;
}

/**
 * Applies the columns of masks that astropy writes beside masked ones, in every format: where `parallax.mask` is true, the
 * parallax is null, whatever number stands there.
 */
export function withMasks(table: TableStream): TableStream {
  const { columns, batches } = table;
  const position = new Map(columns.map(({ name }, index) => [name, index]));
  const masks = columns.flatMap(({ name }, mask) => {
    const at = name.endsWith(SUFFIX) ? position.get(name.slice(0, -SUFFIX.length)) : undefined;
    return at === undefined ? [] : [{ at, mask, name }];
  });
  if (masks.length === 0) return table;
  const apply = (row: readonly Cell[]): Cell[] => {
    const cells = [...row];
    for (const { at, mask, name } of masks) cells[at] = masked(row[at]!, row[mask]!, `Column ${name}`);
    return cells;
  };
  const applied = async function* () {
    for await (const batch of batches) yield batch.map(apply);
  };
  return { ...table, batches: applied() };
}
