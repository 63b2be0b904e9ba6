/**
 * Colour-Teff relations of the infrared flux method (Casagrande et al. 2021, MNRAS 507, 2684, table 1, Gaia DR3):
 * Teff = a0 + a1 c + a2 c^2 + a3 c^3 + a4 c^5 + g (a5 + a6 c + a7 c^2 + a8 c^3 + a9 c^5)
 *        + f (a10 + a11 c + a12 c^2 + a13 c^3) + a14 f g c, with colour c, log g and [Fe/H] f.
 * Intrinsic scatter 40 to 80 K.
 */
const RELATIONS = {
  bpRp: {
    range: [0.1, 2.55],
    a: [
      7980.8845, -4138.3457, 1264.9366, -130.4388, 0, 285.8393, -324.2196, 106.8511, -4.9825, 0, 4.5138, -203.7774, 126.6981, -14.7442,
      40.7376,
    ],
  },
  bpJ: {
    range: [0.2, 4.2],
    a: [
      8172.2439, -2508.6436, 442.6771, -25.312, 0, 251.5862, -240.7094, 86.0579, -11.2705, 0, -45.9166, -137.4645, 75.3191, -8.7175,
      21.5739,
    ],
  },
  bpH: {
    range: [0.3, 4.9],
    a: [
      8158.938, -2146.1221, 368.163, -24.4624, 0, 231.868, -170.8788, 52.9164, -6.8455, 0, -45.5554, -142.9127, 55.2465, -4.1694, 17.6593,
    ],
  },
  bpKs: {
    range: [0.25, 5.3],
    a: [
      8265.6045, -2124.5574, 355.5051, -23.1719, 0, 209.9927, -161.4505, 50.5904, -6.3337, 0, -27.2653, -160.3595, 67.9016, -6.5232,
      16.5137,
    ],
  },
  gRp: {
    range: [0.1, 1.15],
    a: [8027.119, -5796.4277, 0, 1747.7036, -308.7685, 248.1828, -323.9569, -120.2658, 225.9584, 0, -35.8856, -16.5715, 0, 0, 48.5619],
  },
} as const;

export type GaiaColour = keyof typeof RELATIONS;

/** The relation at one log g and [Fe/H]: coefficients of c^0, c^1, c^2, c^3 and c^5. */
function inColour(colour: GaiaColour, logg: number, feh: number): readonly [number, number, number, number, number] {
  const a = RELATIONS[colour].a;
  return [
    a[0] + a[5] * logg + a[10] * feh,
    a[1] + a[6] * logg + a[11] * feh + a[14] * feh * logg,
    a[2] + a[7] * logg + a[12] * feh,
    a[3] + a[8] * logg + a[13] * feh,
    a[4] + a[9] * logg,
  ];
}

const evaluate = ([c0, c1, c2, c3, c5]: readonly [number, number, number, number, number], c: number) =>
  c0 + c * (c1 + c * (c2 + c * (c3 + c * c * c5)));

/** @returns Teff [K] from an intrinsic colour [mag] */
export function teffFromColour(colour: GaiaColour, valueMag: number, logg: number, feh: number): number {
  return evaluate(inColour(colour, logg, feh), valueMag);
}

/**
 * The relation inverted by bisection over its colour range, to 1e-6 mag.
 *
 * @returns the intrinsic colour [mag]; the end of the calibrated range where Teff lies beyond it
 */
export function colourFromTeff(colour: GaiaColour, teff: number, logg: number, feh: number): number {
  const polynomial = inColour(colour, logg, feh);
  let [blue, red]: readonly [number, number] = RELATIONS[colour].range;
  for (let step = 0; step < 22; step++) {
    const middle = (blue + red) / 2;
    if (evaluate(polynomial, middle) > teff) blue = middle;
    else red = middle;
  }
  return (blue + red) / 2;
}
