import type { SkyPosition } from "../../src/science/sky/sky-region";

type Chance = () => number;

/** Where searches go wrong: the poles, ra = 0, the corners of HEALPix base pixels. */
const CORNERS: readonly SkyPosition[] = [
  { raDeg: 0, decDeg: 90 },
  { raDeg: 0, decDeg: -90 },
  { raDeg: 0, decDeg: 0 },
  { raDeg: 360, decDeg: 35 },
  { raDeg: 45, decDeg: 41.8103148957786 },
  { raDeg: 90, decDeg: -41.8103148957786 },
];

/** A position anywhere, every other one within about a degree of where searches go wrong. */
export function anywhere(chance: Chance): SkyPosition {
  const corner = CORNERS[Math.floor(chance() * 2 * CORNERS.length)];
  if (!corner) return { raDeg: 360 * chance(), decDeg: (Math.asin(2 * chance() - 1) * 180) / Math.PI };
  return nearby(corner, 1, chance);
}

/** A position at most `radiusDeg` away, evenly spread over the circle; found by turning the sphere, so exact at the poles. */
export function nearby({ raDeg, decDeg }: SkyPosition, radiusDeg: number, chance: Chance): SkyPosition {
  const distance = (radiusDeg * Math.sqrt(chance()) * Math.PI) / 180;
  const bearing = 2 * Math.PI * chance();
  const dec = (decDeg * Math.PI) / 180;
  const sine = Math.sin(dec) * Math.cos(distance) + Math.cos(dec) * Math.sin(distance) * Math.cos(bearing);
  const east = Math.sin(distance) * Math.sin(bearing);
  const meridian = Math.cos(dec) * Math.cos(distance) - Math.sin(dec) * Math.sin(distance) * Math.cos(bearing);
  const ra = raDeg + (Math.atan2(east, meridian) * 180) / Math.PI;
  return { raDeg: ((ra % 360) + 360) % 360, decDeg: (Math.atan2(sine, Math.hypot(east, meridian)) * 180) / Math.PI };
}

/** A radius from 0.01 arcsec to 8 degrees, evenly in its logarithm. */
export const anyRadius = (chance: Chance): number => 10 ** (-5.5 + 6.4 * chance());

/** A star-shaped polygon of 3 to 9 corners about a position, in order around it. */
export function polygonAround(centre: SkyPosition, radiusDeg: number, chance: Chance): SkyPosition[] {
  const corners = 3 + Math.floor(7 * chance());
  const dec = (centre.decDeg * Math.PI) / 180;
  return Array.from({ length: corners }, (_, index) => {
    const bearing = (2 * Math.PI * (index + 0.8 * chance())) / corners;
    const distance = ((0.2 + 0.8 * chance()) * radiusDeg * Math.PI) / 180;
    const sine = Math.sin(dec) * Math.cos(distance) + Math.cos(dec) * Math.sin(distance) * Math.cos(bearing);
    const east = Math.sin(distance) * Math.sin(bearing);
    const meridian = Math.cos(dec) * Math.cos(distance) - Math.sin(dec) * Math.sin(distance) * Math.cos(bearing);
    const ra = centre.raDeg + (Math.atan2(east, meridian) * 180) / Math.PI;
    return { raDeg: ((ra % 360) + 360) % 360, decDeg: (Math.atan2(sine, Math.hypot(east, meridian)) * 180) / Math.PI };
  });
}

type Triple = readonly [number, number, number];
const unit = ({ raDeg, decDeg }: SkyPosition): Triple => {
  const [ra, dec] = [(raDeg * Math.PI) / 180, (decDeg * Math.PI) / 180];
  return [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)];
};

/** The angle between two positions by the chord between them [deg]: another way than the code under test takes. */
export function chordAngleDeg(a: SkyPosition, b: SkyPosition): number {
  const [p, q] = [unit(a), unit(b)];
  return (2 * Math.asin(Math.min(1, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) / 2)) * 180) / Math.PI;
}

/** How often a polygon winds around a position, by the sum of the bearings' changes from one corner to the next. */
export function windsAround(corners: readonly SkyPosition[], { raDeg, decDeg }: SkyPosition): boolean {
  const dec = (decDeg * Math.PI) / 180;
  const bearings = corners.map((corner) => {
    const [d, ra] = [(corner.decDeg * Math.PI) / 180, ((corner.raDeg - raDeg) * Math.PI) / 180];
    return Math.atan2(Math.sin(ra) * Math.cos(d), Math.cos(dec) * Math.sin(d) - Math.sin(dec) * Math.cos(d) * Math.cos(ra));
  });
  const turned = bearings.reduce((sum, bearing, index) => {
    const change = bearings[(index + 1) % bearings.length]! - bearing;
    return sum + change - 2 * Math.PI * Math.round(change / (2 * Math.PI));
  }, 0);
  return Math.abs(turned) > Math.PI;
}
