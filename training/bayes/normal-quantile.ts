const CENTRE_NUMERATOR = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438,
  3.3871328727963665,
];
const CENTRE_DENOMINATOR = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
const TAIL_NUMERATOR = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
  4.630337846156546, 1.4234371107496835,
];
const TAIL_DENOMINATOR = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
  2.053191626637759, 1,
];
const FAR_NUMERATOR = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913,
  5.463784911164114, 6.657904643501103,
];
const FAR_DENOMINATOR = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358,
  0.599832206555888, 1,
];

/** Highest power first. */
const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/**
 * The value below which a fraction of a standard Gaussian lies, to 1e-15 (Wichura 1988, Applied Statistics 37, 477: AS 241).
 *
 * @param fraction between 0 and 1, exclusive
 */
export function normalQuantile(fraction: number): number {
  const offset = fraction - 0.5;
  if (Math.abs(offset) <= 0.425) {
    const x = 0.180625 - offset * offset;
    return (offset * polynomial(CENTRE_NUMERATOR, x)) / polynomial(CENTRE_DENOMINATOR, x);
  }
  const depth = Math.sqrt(-Math.log(Math.min(fraction, 1 - fraction)));
  const size =
    depth <= 5
      ? polynomial(TAIL_NUMERATOR, depth - 1.6) / polynomial(TAIL_DENOMINATOR, depth - 1.6)
      : polynomial(FAR_NUMERATOR, depth - 5) / polynomial(FAR_DENOMINATOR, depth - 5);
  return Math.sign(offset) * size;
}
