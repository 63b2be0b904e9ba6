import type { FourierFit } from "./fit-fourier";
import type { LightCurveShape } from "./light-curve-shape";

type Fitted = Pick<FourierFit, "coefficients" | "covariance">;

/** Standard error of a quantity whose derivatives by the coefficients are given: linear propagation of the covariance. */
function propagated(gradient: Float64Array, { covariance }: Fitted): number {
  const width = gradient.length;
  let variance = 0;
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) variance += gradient[i]! * covariance[i * width + j]! * gradient[j]!;
  return Math.sqrt(Math.max(0, variance));
}

/** Where harmonic k's sine coefficient stands; its cosine coefficient is the next. */
const at = (k: number): number => 2 * k - 1;

const amplitudeOf = ({ coefficients }: Fitted, k: number): number => Math.hypot(coefficients[at(k)]!, coefficients[at(k) + 1]!);

/** Adds the derivatives of `factor` A_k. */
function addAmplitude(gradient: Float64Array, fit: Fitted, k: number, factor: number): void {
  for (const position of [at(k), at(k) + 1]) gradient[position]! += (factor * fit.coefficients[position]!) / amplitudeOf(fit, k);
}

/** Adds the derivatives of `factor` φ_k, the angle of atan2(cosine, sine). */
function addAngle(gradient: Float64Array, fit: Fitted, k: number, factor: number): void {
  const squared = amplitudeOf(fit, k) ** 2;
  gradient[at(k)]! -= (factor * fit.coefficients[at(k) + 1]!) / squared;
  gradient[at(k) + 1]! += (factor * fit.coefficients[at(k)]!) / squared;
}

function errorOf(fit: Fitted, add: (gradient: Float64Array) => void): number {
  const gradient = new Float64Array(fit.coefficients.length);
  add(gradient);
  return propagated(gradient, fit);
}

/** @returns standard error of A_k [mag] */
export const amplitudeError = (fit: Fitted, k: number): number => errorOf(fit, (gradient) => addAmplitude(gradient, fit, k, 1));

/** @returns standard error of φ_k [rad]; means little where it is above 1 */
export const angleError = (fit: Fitted, k: number): number => errorOf(fit, (gradient) => addAngle(gradient, fit, k, 1));

/** @returns standard error of φ_k1 = φ_k - k φ_1 [rad] */
export const phaseDifferenceError = (fit: Fitted, k: number): number =>
  errorOf(fit, (gradient) => {
    addAngle(gradient, fit, k, 1);
    addAngle(gradient, fit, 1, -k);
  });

/** @returns standard error of R_k1 = A_k / A_1 */
export const amplitudeRatioError = (fit: Fitted, k: number): number => {
  const [first, other] = [amplitudeOf(fit, 1), amplitudeOf(fit, k)];
  return errorOf(fit, (gradient) => {
    addAmplitude(gradient, fit, k, 1 / first);
    addAmplitude(gradient, fit, 1, -other / first ** 2);
  });
};

/** @returns standard error [mag] of faintest minus brightest: at its extremes the series does not care where they are */
export const totalAmplitudeError = (fit: Fitted, { maximumPhase, riseTime }: LightCurveShape): number =>
  errorOf(fit, (gradient) => {
    for (let k = 1; at(k) < gradient.length; k++) {
      const [bright, faint] = [maximumPhase, maximumPhase - riseTime].map((phase) => 2 * Math.PI * k * phase) as [number, number];
      gradient[at(k)] = Math.sin(faint) - Math.sin(bright);
      gradient[at(k) + 1] = Math.cos(faint) - Math.cos(bright);
    }
  });
