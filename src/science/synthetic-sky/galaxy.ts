import type { Random } from "../random";
import { direction, dot, fromGalactic, RADIANS, type Vector } from "../sky/coordinates";
import type { GalacticComponent } from "./components";

/** [pc] (GRAVITY Collaboration 2018, A&A 615, L15) */
const SUN_TO_CENTRE_PC = 8122;
/** [km/s] of the Sun against the local standard of rest (Schoenrich et al. 2010, MNRAS 403, 1829) */
const SOLAR_MOTION: Vector = [11.1, 12.24, 7.25];
/** [km/s] of 1 au a Julian year */
const AU_PER_YEAR = 4.740470463;

/** Scale height [pc] of the dust (Marshall et al. 2006, A&A 453, 635) and E(B-V) a parsec in the plane near the Sun. */
const DUST_HEIGHT_PC = 125;
const REDDENING_PER_PC = 2e-4;
/** What `ebv` of a synthetic star was read from. */
export const DUST_MODEL = "synthetic exponential disc v1";

const cosine = (degrees: number) => Math.cos(degrees * RADIANS);

/** sin b of a star of an exponential layer that is seen at a distance: a truncated exponential in |z|, inverted. */
function drawSinLatitude(random: Random, distancePc: number, heightPc: number): number {
  const reach = 1 - Math.exp(-distancePc / heightPc);
  const height = -heightPc * Math.log(1 - random.uniform() * reach);
  return ((random.uniform() < 0.5 ? -1 : 1) * height) / distancePc;
}

const centreDistance = (distancePc: number, l: number, b: number) =>
  Math.sqrt(SUN_TO_CENTRE_PC ** 2 + distancePc ** 2 - 2 * SUN_TO_CENTRE_PC * distancePc * cosine(l) * cosine(b));

/** Projected on the plane. */
const planeDistance = (distancePc: number, l: number, b: number) => centreDistance(distancePc * cosine(b), l, 0);

/**
 * Where a star of the component stands in the sky, given its distance: exponential discs, and a halo whose
 * density falls as r^-2.8 outside its inner kiloparsec (Juric et al. 2008).
 *
 * @returns Galactic longitude and latitude [deg]
 */
export function drawPosition(random: Random, { disc }: GalacticComponent, distancePc: number): { l: number; b: number } {
  const nearest = Math.max(1000, Math.abs(SUN_TO_CENTRE_PC - distancePc));
  for (;;) {
    const l = random.between(0, 360);
    const sinLatitude = disc ? drawSinLatitude(random, distancePc, disc.heightPc) : random.between(-1, 1);
    const b = Math.asin(sinLatitude) / RADIANS;
    const chance = disc
      ? Math.exp((nearest - Math.max(nearest, planeDistance(distancePc, l, b))) / disc.lengthPc)
      : (nearest / Math.max(nearest, centreDistance(distancePc, l, b))) ** 2.8;
    if (random.uniform() < chance) return { l, b };
  }
}

/**
 * Reddening of the smooth dust layer up to a star: the integral of exp(-|z| / h) along the line of sight.
 *
 * @param bDeg Galactic latitude [deg]
 * @returns E(B-V) [mag]
 */
export function dustReddening(distancePc: number, bDeg: number): number {
  const height = Math.abs(distancePc * Math.sin(bDeg * RADIANS)) / DUST_HEIGHT_PC;
  const effective = height < 1e-6 ? 1 : (1 - Math.exp(-height)) / height;
  return REDDENING_PER_PC * distancePc * effective;
}

/** Motion as seen from the Sun. */
export interface Motion {
  /** [mas/yr], cos(dec) included */
  readonly pmra: number;
  /** [mas/yr] */
  readonly pmdec: number;
  /** [km/s] */
  readonly radialVelocity: number;
}

/** A velocity drawn from the component's ellipsoid; the rotation curve is flat and its shear is left out. */
export function drawMotion(random: Random, component: GalacticComponent, raDeg: number, decDeg: number, distancePc: number): Motion {
  const [u, v, w] = component.dispersion;
  const velocity = fromGalactic([
    u * random.normal() - SOLAR_MOTION[0],
    v * random.normal() - component.lag - SOLAR_MOTION[1],
    w * random.normal() - SOLAR_MOTION[2],
  ]);
  const properMotion = (axis: Vector) => (1000 * dot(velocity, axis)) / (AU_PER_YEAR * distancePc);
  const north: Vector = [
    -cosine(raDeg) * Math.sin(decDeg * RADIANS),
    -Math.sin(raDeg * RADIANS) * Math.sin(decDeg * RADIANS),
    cosine(decDeg),
  ];
  return {
    pmra: properMotion([-Math.sin(raDeg * RADIANS), cosine(raDeg), 0]),
    pmdec: properMotion(north),
    radialVelocity: dot(velocity, direction(raDeg, decDeg)),
  };
}
