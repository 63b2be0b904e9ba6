import { max_pixrad, pix2vec_nest } from "@hscmap/healpix";
import { RADIANS } from "./coordinates";
import { SOURCE_ID_LEVEL } from "./healpix";
import type { Region } from "./sky-region";

/** Level-12 nested pixels from `first` to `last`, both included. */
export interface PixelRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Cells are quartered while there are at most so many: a cone of 5 degrees then takes 75 ranges and reads 10% more sky
 * than it has to, and small cones go down to single level-12 pixels.
 */
const MAX_CELLS = 384;

interface Cell {
  readonly level: number;
  readonly pixel: number;
  /** whether all of it is known to lie within */
  readonly whole: boolean;
}

/** [rad] the farthest that a corner is from the centre of its pixel, by level */
export const CELL_RADIUS = Array.from({ length: SOURCE_ID_LEVEL + 1 }, (_, level) => max_pixrad(2 ** level));

/** The cell, or nothing where it lies outside the region widened by `padding` [rad]. */
function judge(region: Region, padding: number, level: number, pixel: number): Cell[] {
  const distance = region.signedDistance(pix2vec_nest(2 ** level, pixel)) - padding;
  const radius = CELL_RADIUS[level]!;
  return distance > radius ? [] : [{ level, pixel, whole: distance < -radius }];
}

/** @param cells in the order of the pixels, none within another @returns level-12 pixels */
export function mergedRanges(cells: readonly Pick<Cell, "level" | "pixel">[]): PixelRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const { level, pixel } of cells) {
    const size = 4 ** (SOURCE_ID_LEVEL - level);
    const previous = ranges.at(-1);
    if (previous && previous.last + 1 === pixel * size) previous.last += size;
    else ranges.push({ first: pixel * size, last: (pixel + 1) * size - 1 });
  }
  return ranges;
}

/**
 * HEALPix pixels that hold every point of a region and all within `paddingDeg` of it: quarters the sky until cells lie
 * within or outside, or are as small as level 12, or grow too many (a multi-order coverage, as IVOA's MOC).
 *
 * @returns disjoint ranges, ascending; no more than four times MAX_CELLS, about 100 at most for a cone
 */
export function coverage(region: Region, paddingDeg: number): PixelRange[] {
  const padding = paddingDeg * RADIANS;
  let cells = Array.from({ length: 12 }, (_, pixel) => judge(region, padding, 0, pixel)).flat();
  for (let level = 1; level <= SOURCE_ID_LEVEL && cells.length <= MAX_CELLS; level++) {
    cells = cells.flatMap((cell) =>
      cell.whole ? [cell] : [0, 1, 2, 3].flatMap((quarter) => judge(region, padding, level, 4 * cell.pixel + quarter)),
    );
  }
  return mergedRanges(cells);
}
