import { pix2vec_nest } from "@hscmap/healpix";
import { RADIANS, type Vector } from "./coordinates";
import { CELL_RADIUS, mergedRanges, type PixelRange } from "./coverage";
import { SOURCE_ID_LEVEL } from "./healpix";

/** The level whose pixels are about as large as the cones: smaller ones would save little. */
function levelFor(radius: number): number {
  const level = CELL_RADIUS.findIndex((cellRadius) => cellRadius <= radius);
  return level === -1 ? SOURCE_ID_LEVEL : level;
}

/** Goes down the quarters of the sky with those of the cones that reach into each. */
class Descent {
  readonly pixels: number[] = [];
  private readonly last = levelFor(this.radius);
  /** by level, the least cosine of the angle between a pixel's centre and the axis of a cone that reaches into it */
  private readonly least = CELL_RADIUS.map((cellRadius) => Math.cos(Math.min(Math.PI, this.radius + cellRadius)) - 1e-15);

  constructor(
    private readonly directions: readonly Vector[],
    private readonly radius: number,
  ) {}

  /** @param cones that may reach into the pixel */
  into(level: number, pixel: number, cones: readonly number[]): void {
    const [x, y, z] = pix2vec_nest(2 ** level, pixel);
    const least = this.least[level]!;
    const near: number[] = [];
    for (const cone of cones) {
      const axis = this.directions[cone]!;
      if (x * axis[0] + y * axis[1] + z * axis[2] < least) continue;
      near.push(cone);
      if (level === this.last) break; // one is enough
    }
    if (near.length === 0) return;
    if (level === this.last) this.pixels.push(pixel);
    else for (let quarter = 0; quarter < 4; quarter++) this.into(level + 1, 4 * pixel + quarter, near);
  }

  ranges(): PixelRange[] {
    return mergedRanges(this.pixels.map((pixel) => ({ level: this.last, pixel })));
  }
}

/**
 * HEALPix pixels that hold every point of many cones of one radius: as `coverage` of each, in a small part of the time,
 * because they descend the sky's quarters together.
 *
 * @returns disjoint ranges of level-12 pixels, ascending
 */
export function coverageOfCones(directions: readonly Vector[], radiusDeg: number): PixelRange[] {
  const descent = new Descent(directions, radiusDeg * RADIANS);
  const all = directions.map((_, cone) => cone);
  for (let pixel = 0; pixel < 12; pixel++) descent.into(0, pixel, all);
  return descent.ranges();
}
