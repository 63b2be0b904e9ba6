/** [pc] of the exponentially decreasing space density prior: a typical value for the disc. */
const PRIOR_LENGTH_PC = 1350;

/** A distance with its 16th and 84th percentile [pc]. */
export interface Distance {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Distance from a parallax under an exponentially decreasing space density (Bailer-Jones 2015, PASP 127, 994,
 * eq. 19): the mode of the posterior, a root of r^3/L - 2 r^2 + w r/s^2 - 1/s^2, and its curvature as a sigma.
 * It stands for the geometric distances of Bailer-Jones et al. 2021, whose prior varies over the sky.
 *
 * @param parallaxMas [mas]
 * @param errorMas [mas]
 */
export function distanceFromParallax(parallaxMas: number, errorMas: number): Distance {
  const length = PRIOR_LENGTH_PC / 1000; // kpc, so that 1/r is in mas
  const weight = errorMas ** -2;
  const slope = (r: number) => r ** 3 / length - 2 * r * r + weight * (parallaxMas * r - 1);
  let [near, far] = [0, 50];
  for (let step = 0; step < 32; step++) {
    const middle = (near + far) / 2;
    if (slope(middle) < 0) near = middle;
    else far = middle;
  }
  const mode = (near + far) / 2;
  const curvature = 2 / mode ** 2 + weight * (1 / mode ** 4 - (2 * (parallaxMas - 1 / mode)) / mode ** 3);
  const relative = Math.min(0.6, 1 / (mode * Math.sqrt(Math.max(curvature, 1e-6))));
  return { median: 1000 * mode, low: 1000 * mode * Math.exp(-relative), high: 1000 * mode * Math.exp(relative) };
}
