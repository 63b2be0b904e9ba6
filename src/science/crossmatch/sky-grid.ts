import type { Vector } from "../sky/coordinates";

/** Cells along an axis: three such numbers fit into one that is exact (below 2^53). */
const MAX_CELLS = 2 ** 17;

/**
 * Finds what is near a direction. Directions are filed in cubes of space, which have neither poles nor a seam at ra = 0.
 */
export class SkyGrid {
  private readonly cells = new Map<number, number[]>();
  private readonly size: number;
  private readonly along: number;

  /** @param reachRad the farthest that `near` looks [rad] */
  constructor(private readonly reachRad: number) {
    // With cubes twice as wide as the reach, a search meets no more than eight.
    this.size = Math.max(2 * reachRad, 4 / MAX_CELLS);
    this.along = Math.ceil(2 / this.size) + 1;
  }

  private place(coordinate: number): number {
    return Math.min(this.along - 1, Math.max(0, Math.floor((coordinate + 1) / this.size)));
  }

  private key(x: number, y: number, z: number): number {
    return (x * this.along + y) * this.along + z;
  }

  /** Files a number under a direction; under several where it may be anywhere along a way. */
  add(item: number, [x, y, z]: Vector): void {
    const key = this.key(this.place(x), this.place(y), this.place(z));
    const cell = this.cells.get(key);
    if (cell === undefined) this.cells.set(key, [item]);
    else if (cell.at(-1) !== item) cell.push(item);
  }

  /** Calls `found` with everything within the reach of a direction, with some that is farther, and perhaps twice. */
  near([x, y, z]: Vector, found: (item: number) => void): void {
    const { reachRad: reach } = this;
    const [x0, x1, y0, y1] = [this.place(x - reach), this.place(x + reach), this.place(y - reach), this.place(y + reach)];
    const [z0, z1] = [this.place(z - reach), this.place(z + reach)];
    for (let i = x0; i <= x1; i++)
      for (let j = y0; j <= y1; j++)
        for (let k = z0; k <= z1; k++) {
          const cell = this.cells.get(this.key(i, j, k));
          if (cell !== undefined) for (const item of cell) found(item);
        }
  }
}
