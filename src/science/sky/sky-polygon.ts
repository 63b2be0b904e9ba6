import { AppError } from "../../errors";
import { angles, direction, RADIANS, separation, type Vector } from "./coordinates";
import { checkPosition, checkReach, type Region, type SkyPosition } from "./sky-region";
import { distanceToArc, gnomonic, type PlanePoint } from "./spherical-arc";

/** All within edges that are great circles and do not cross one another; convex or not. */
export interface Polygon extends Region {
  readonly shape: "polygon";
  /** The vertices on the tangent plane at the centre [arcsec], where the edges are straight. */
  readonly outline: readonly PlanePoint[];
}

export const MAX_VERTICES = 100;

/** Twice the area of the triangle, positive where it turns left. */
const turn = (a: PlanePoint, b: PlanePoint, c: PlanePoint) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Each vertex with the one that follows. */
const edges = <T>(vertices: readonly T[]): [T, T][] => vertices.map((vertex, index) => [vertex, vertices[(index + 1) % vertices.length]!]);

/** Whether a point lies within a polygon of the plane: a ray from it to the east crosses the outline an odd number of times. */
export function isWithin(outline: readonly PlanePoint[], [x, y]: PlanePoint): boolean {
  const crossed = edges(outline).filter(([a, b]) => a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  return crossed.length % 2 === 1;
}

/** Whether the extents of two edges along one axis overlap: edges on one line but apart do not meet. */
function overlap([a, b]: [PlanePoint, PlanePoint], [c, d]: [PlanePoint, PlanePoint], axis: 0 | 1): boolean {
  return Math.max(a[axis], b[axis]) >= Math.min(c[axis], d[axis]) && Math.max(c[axis], d[axis]) >= Math.min(a[axis], b[axis]);
}

function meet(one: [PlanePoint, PlanePoint], other: [PlanePoint, PlanePoint]): boolean {
  const [a, b] = one;
  const [c, d] = other;
  const straddle = turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0;
  return straddle && overlap(one, other, 0) && overlap(one, other, 1);
}

/** @throws AppError BAD_INPUT if two edges that are no neighbours meet, or all vertices lie on one line */
function checkSimple(outline: readonly PlanePoint[]): void {
  const sides = edges(outline);
  for (const [i, one] of sides.entries()) {
    if (one[0][0] === one[1][0] && one[0][1] === one[1][1])
      throw new AppError("BAD_INPUT", `The polygon's vertex ${i + 1} and the next are the same. Leave one out; it closes by itself.`);
    for (const [j, other] of sides.entries()) {
      const apart = j > i + 1 && !(i === 0 && j === sides.length - 1);
      if (apart && meet(one, other))
        throw new AppError("BAD_INPUT", `The polygon's edges ${i + 1} and ${j + 1} meet. Give the vertices in order around it.`);
    }
  }
  const area = sides.reduce((sum, [a, b]) => sum + a[0] * b[1] - a[1] * b[0], 0);
  if (area === 0) throw new AppError("BAD_INPUT", "The polygon's vertices lie on one line and enclose no sky.");
}

function middleOf(directions: readonly Vector[]): SkyPosition {
  const sum = directions.reduce<Vector>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0]);
  const { longitudeDeg, latitudeDeg } = angles(sum);
  return { raDeg: longitudeDeg % 360, decDeg: latitudeDeg };
}

/**
 * @param vertices in order around it, either way; the last is joined to the first
 * @throws AppError BAD_INPUT for fewer than 3 or more than 100 vertices, edges that cross, or more than 10 degrees from
 *   the middle of the vertices to one of them
 */
export function polygon(vertices: readonly SkyPosition[]): Polygon {
  if (vertices.length < 3 || vertices.length > MAX_VERTICES)
    throw new AppError("BAD_INPUT", `A polygon has from 3 to ${MAX_VERTICES} vertices, not ${vertices.length}.`);
  for (const [index, vertex] of vertices.entries()) checkPosition(vertex, `The polygon's vertex ${index + 1}`);
  const directions = vertices.map(({ raDeg, decDeg }) => direction(raDeg, decDeg));
  const centre = middleOf(directions);
  const middle = direction(centre.raDeg, centre.decDeg);
  const reachDeg = Math.max(...directions.map((vertex) => separation(middle, vertex))) / RADIANS;
  checkReach(reachDeg, "The polygon");
  const outline = vertices.map((vertex) => gnomonic(centre, vertex)!); // none is 90 degrees away: see checkReach
  checkSimple(outline);
  const sides = edges(directions);
  const signedDistance = (towards: Vector) => {
    const { longitudeDeg, latitudeDeg } = angles(towards);
    const point = gnomonic(centre, { raDeg: longitudeDeg, decDeg: latitudeDeg });
    const distance = Math.min(...sides.map(([a, b]) => distanceToArc(towards, a, b)));
    return point && isWithin(outline, point) ? -distance : distance;
  };
  return { shape: "polygon", centre, reachDeg, outline, signedDistance };
}
