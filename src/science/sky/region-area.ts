import { RADIANS } from "./coordinates";
import type { Polygon } from "./sky-polygon";
import type { Box, Cone } from "./sky-region";

/** [sr] of the plane that touches the sphere at the middle: within 10 degrees of it, at most 5% too large. */
function polygonArea({ outline }: Polygon): number {
  const twice = outline.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length]!;
    return sum + x * nextY - y * nextX;
  }, 0);
  return (Math.abs(twice) / 2) * (RADIANS / 3600) ** 2;
}

function boxArea({ raMin, raMax, decMin, decMax }: Box): number {
  const width = raMax >= raMin ? raMax - raMin : raMax - raMin + 360;
  return width * RADIANS * (Math.sin(decMax * RADIANS) - Math.sin(decMin * RADIANS));
}

/** @returns how much sky a region has [sr] */
export function areaOf(region: Cone | Box | Polygon): number {
  if (region.shape === "polygon") return polygonArea(region);
  return region.shape === "box" ? boxArea(region) : 2 * Math.PI * (1 - Math.cos(region.reachDeg * RADIANS));
}
