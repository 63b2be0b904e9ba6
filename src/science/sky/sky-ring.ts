import { direction, RADIANS, separation } from "./coordinates";
import type { Region } from "./sky-region";

/** @returns the part of a region that lies between two distances from its centre [rad] */
export function ringOf(region: Region, inner: number, outer: number): Region {
  const axis = direction(region.centre.raDeg, region.centre.decDeg);
  return {
    centre: region.centre,
    reachDeg: Math.min(region.reachDeg, outer / RADIANS),
    signedDistance(towards) {
      const distance = separation(axis, towards);
      // The farthest of the edges that hold the part: never more than the way to it, and exact within.
      return Math.max(region.signedDistance(towards), distance - outer, inner - distance);
    },
  };
}
