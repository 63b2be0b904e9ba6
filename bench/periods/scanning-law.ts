/** [d] a Julian year */
const YEAR = 365.25;
const RADIAN = Math.PI / 180;
/** Obliquity of the ecliptic, J2000 (IAU 2006). */
const OBLIQUITY = 23.4392911 * RADIAN;
/** Angle between the spin axis and the Sun. */
const SOLAR_ASPECT = 45 * RADIAN;
/** Revolutions of the spin axis around the Sun per year. */
const PRECESSION = 5.8;
/** [d] six hours */
const SPIN = 0.25;
/** Angle between the two fields of view. */
const BASIC_ANGLE = 106.5 * RADIAN;
/** Half the height of a field of view, across the scan. */
const HALF_FIELD = 0.345 * RADIAN;

type Vector = readonly [number, number, number];

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** @returns the direction in ecliptic coordinates */
function eclipticDirection(raDeg: number, decDeg: number): Vector {
  const [ra, dec] = [raDeg * RADIAN, decDeg * RADIAN];
  const [x, y, z] = [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)];
  return [x, y * Math.cos(OBLIQUITY) + z * Math.sin(OBLIQUITY), z * Math.cos(OBLIQUITY) - y * Math.sin(OBLIQUITY)];
}

/** The spacecraft's axes without its spin. @param time [d] */
function axesAt(time: number): { spin: Vector; first: Vector; second: Vector } {
  const sun = (2 * Math.PI * time) / YEAR;
  const turn = (2 * Math.PI * PRECESSION * time) / YEAR;
  const [toSun, along]: [Vector, Vector] = [
    [Math.cos(sun), Math.sin(sun), 0],
    [-Math.sin(sun), Math.cos(sun), 0],
  ];
  const across = (i: 0 | 1 | 2): number => Math.cos(turn) * along[i] + (i === 2 ? Math.sin(turn) : 0);
  const combine = (a: number, b: number): Vector => [0, 1, 2].map((i) => a * toSun[i as 0] + b * across(i as 0)) as unknown as Vector;
  const spin = combine(Math.cos(SOLAR_ASPECT), Math.sin(SOLAR_ASPECT));
  const first = combine(-Math.sin(SOLAR_ASPECT), Math.cos(SOLAR_ASPECT));
  const second: Vector = [
    spin[1] * first[2] - spin[2] * first[1],
    spin[2] * first[0] - spin[0] * first[2],
    spin[0] * first[1] - spin[1] * first[0],
  ];
  return { spin, first, second };
}

/** When a field of view passes the star's position along the scan, in the revolution that begins at `start` [d]. */
function crossing(star: Vector, start: number, field: number): number {
  const { first, second } = axesAt(start);
  const along = Math.atan2(dot(star, second), dot(star, first)) - field;
  return start + SPIN * (along / (2 * Math.PI) - Math.floor(along / (2 * Math.PI)));
}

/**
 * When Gaia observes a star: a simple model of its nominal scanning law (Gaia Collaboration, Prusti et al. 2016, A&A 595,
 * A1, section 5.2), with a spin axis that precesses uniformly. Transits come in pairs 1.8 hours apart, in runs of 6 hours, in
 * visits weeks apart, which is what causes aliases of periods.
 *
 * @returns ascending times of transit [d] within the first `days`
 */
export function transitTimes(raDeg: number, decDeg: number, days: number): number[] {
  const star = eclipticDirection(raDeg, decDeg);
  const times: number[] = [];
  for (let start = 0; start < days; start += SPIN) {
    for (const field of [0, BASIC_ANGLE]) {
      const time = crossing(star, start, field);
      if (Math.abs(dot(axesAt(time).spin, star)) < Math.sin(HALF_FIELD)) times.push(time);
    }
  }
  return times.sort((a, b) => a - b);
}
