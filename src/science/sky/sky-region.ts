import { AppError } from "../../errors";
import { angles, direction, RADIANS, separation, type Vector } from "./coordinates";
import { distanceToArc } from "./spherical-arc";

/** A direction on the sky, ICRS [deg]. */
export interface SkyPosition {
  readonly raDeg: number;
  readonly decDeg: number;
}

/** A part of the sky, edge included. */
export interface Region {
  /** what distances of its stars are counted from */
  readonly centre: SkyPosition;
  /** [deg] all of it is at most so far from the centre */
  readonly reachDeg: number;
  /** [rad] from a direction to the region's edge, negative within */
  signedDistance(direction: Vector): number;
}

/** All that is within a radius of the centre. */
export interface Cone extends Region {
  readonly shape: "cone";
}

/** All between two meridians and two parallels; where raMin > raMax it crosses ra = 0. */
export interface Box extends Region {
  readonly shape: "box";
  readonly raMin: number;
  readonly raMax: number;
  readonly decMin: number;
  readonly decMax: number;
}

/** No region may reach farther from its centre: the stars within grow with the square of it [deg]. */
export const MAX_RADIUS_DEG = 10;

/** @throws AppError BAD_INPUT if it is no direction on the sky */
export function checkPosition({ raDeg, decDeg }: SkyPosition, what: string): void {
  if (!(raDeg >= 0 && raDeg <= 360)) throw new AppError("BAD_INPUT", `${what}: ra must be from 0 to 360 degrees, not ${raDeg}.`);
  if (!(decDeg >= -90 && decDeg <= 90)) throw new AppError("BAD_INPUT", `${what}: dec must be from -90 to 90 degrees, not ${decDeg}.`);
}

/** @throws AppError BAD_INPUT if a region reaches beyond what one search may read */
export function checkReach(reachDeg: number, what: string): void {
  // A box or polygon of the full size may exceed it by rounding.
  if (reachDeg <= MAX_RADIUS_DEG * (1 + 1e-12)) return;
  throw new AppError(
    "BAD_INPUT",
    `${what} reaches ${reachDeg.toPrecision(4)} degrees from its centre, and ${MAX_RADIUS_DEG} is the limit. Search it in parts.`,
  );
}

/** @throws AppError BAD_INPUT for a position off the sky, or a radius that is not above 0 and at most MAX_RADIUS_DEG */
export function cone(raDeg: number, decDeg: number, radiusDeg: number): Cone {
  const centre = { raDeg, decDeg };
  checkPosition(centre, "The cone's centre");
  if (!(radiusDeg > 0)) throw new AppError("BAD_INPUT", `The cone's radius must be above 0, not ${radiusDeg}.`);
  checkReach(radiusDeg, "The cone");
  const axis = direction(raDeg, decDeg);
  return { shape: "cone", centre, reachDeg: radiusDeg, signedDistance: (towards) => separation(axis, towards) - radiusDeg * RADIANS };
}

/** Degrees eastward from one right ascension to another; the whole circle where they are 0 and 360. */
const eastward = (from: number, to: number) => (to - from === 360 ? 360 : (to - from + 360) % 360);

/**
 * @param raMin, raMax 0 to 360 [deg]; the box lies east of raMin and west of raMax
 * @throws AppError BAD_INPUT for limits off the sky, decMin above decMax, or more than 10 degrees from centre to corner
 */
export function box(raMin: number, raMax: number, decMin: number, decMax: number): Box {
  checkPosition({ raDeg: raMin, decDeg: decMin }, "The box's first corner");
  checkPosition({ raDeg: raMax, decDeg: decMax }, "The box's last corner");
  if (decMin > decMax) throw new AppError("BAD_INPUT", `The box's decMin ${decMin} is above its decMax ${decMax}. Exchange them.`);
  const width = eastward(raMin, raMax);
  const centre = { raDeg: (raMin + width / 2) % 360, decDeg: (decMin + decMax) / 2 };
  const [southWest, northWest] = [direction(raMin, decMin), direction(raMin, decMax)];
  const [southEast, northEast] = [direction(raMax, decMin), direction(raMax, decMax)];
  const middle = direction(centre.raDeg, centre.decDeg);
  const reachDeg = Math.max(separation(middle, southWest), separation(middle, northWest)) / RADIANS;
  checkReach(reachDeg, "The box");
  const signedDistance = (towards: Vector) => {
    const { longitudeDeg, latitudeDeg } = angles(towards);
    const between = eastward(raMin, longitudeDeg) <= width;
    const toParallels = Math.min(Math.abs(latitudeDeg - decMin), Math.abs(latitudeDeg - decMax)) * RADIANS;
    const toMeridians = Math.min(distanceToArc(towards, southWest, northWest), distanceToArc(towards, southEast, northEast));
    const distance = Math.min(between ? toParallels : Number.POSITIVE_INFINITY, width < 360 ? toMeridians : Number.POSITIVE_INFINITY);
    return between && latitudeDeg >= decMin && latitudeDeg <= decMax ? -distance : distance;
  };
  return { shape: "box", centre, reachDeg, raMin, raMax, decMin, decMax, signedDistance };
}
