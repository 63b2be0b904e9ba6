import { cross, dot, norm, RADIANS, separation, type Vector } from "./coordinates";

/** @returns the angle from a direction to the nearest point of the great-circle arc from `a` to `b`, which is shorter than half a turn [rad] */
export function distanceToArc(direction: Vector, a: Vector, b: Vector): number {
  const normal = cross(a, b);
  const length = norm(normal);
  const beside = dot(cross(normal, a), direction) > 0 && dot(cross(b, normal), direction) > 0;
  if (length > 0 && beside) return Math.abs(Math.asin(Math.min(1, Math.max(-1, dot(normal, direction) / length))));
  return Math.min(separation(direction, a), separation(direction, b));
}

/** A point of a tangent plane [arcsec], east and north of the point of contact. */
export type PlanePoint = readonly [east: number, north: number];

const ARCSEC = RADIANS / 3600;

/**
 * Gnomonic projection onto the plane that touches the sphere at `centre`: great circles become straight lines.
 *
 * @param centre, position ICRS [deg]
 * @returns null for what is 90 degrees or more from the centre
 */
export function gnomonic(
  centre: { readonly raDeg: number; readonly decDeg: number },
  position: { readonly raDeg: number; readonly decDeg: number },
): PlanePoint | null {
  const [sin0, cos0] = [Math.sin(centre.decDeg * RADIANS), Math.cos(centre.decDeg * RADIANS)];
  const [sine, cosine] = [Math.sin(position.decDeg * RADIANS), Math.cos(position.decDeg * RADIANS)];
  const east = (position.raDeg - centre.raDeg) * RADIANS;
  const depth = sin0 * sine + cos0 * cosine * Math.cos(east);
  if (depth <= 0) return null;
  const north = cos0 * sine - sin0 * cosine * Math.cos(east);
  return [(cosine * Math.sin(east)) / depth / ARCSEC, north / depth / ARCSEC];
}
