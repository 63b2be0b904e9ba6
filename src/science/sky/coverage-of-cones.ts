import { pix2vec_nest } from "@hscmap/healpix";
import { dot, RADIANS, type Vector } from "./coordinates";
import { CELL_RADIUS, mergedRanges, type PixelRange } from "./coverage";
import { SOURCE_ID_LEVEL } from "./healpix";

interface Cell {
  readonly pixel: number;
  /** the cones that reach into it */
  readonly cones: readonly number[];
}

/** The level whose pixels are about as large as the cones: smaller ones would save little. */
function levelFor(radius: number): number {
  const level = CELL_RADIUS.findIndex((cellRadius) => cellRadius <= radius);
  return level === -1 ? SOURCE_ID_LEVEL : level;
}

function reaching(directions: readonly Vector[], cones: readonly number[], radius: number, level: number, pixel: number): Cell[] {
  const centre = pix2vec_nest(2 ** level, pixel);
  const least = Math.cos(Math.min(Math.PI, radius + CELL_RADIUS[level]!));
  const near = cones.filter((cone) => dot(centre, directions[cone]!) >= least - 1e-15);
  return near.length === 0 ? [] : [{ pixel, cones: near }];
}

/**
 * HEALPix pixels that hold every point of many cones of one radius: as `coverage` of each, in a twentieth of the time,
 * because they descend the sky's quarters together.
 *
 * @returns disjoint ranges of level-12 pixels, ascending
 */
export function coverageOfCones(directions: readonly Vector[], radiusDeg: number): PixelRange[] {
  const radius = radiusDeg * RADIANS;
  const last = levelFor(radius);
  const all = directions.map((_, cone) => cone);
  let cells = Array.from({ length: 12 }, (_, pixel) => reaching(directions, all, radius, 0, pixel)).flat();
  for (let level = 1; level <= last; level++)
    cells = cells.flatMap(({ pixel, cones }) =>
      [0, 1, 2, 3].flatMap((quarter) => reaching(directions, cones, radius, level, 4 * pixel + quarter)),
    );
  return mergedRanges(cells.map(({ pixel }) => ({ level: last, pixel })));
}
