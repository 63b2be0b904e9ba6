const TWO_PI = 2 * Math.PI;

/**
 * A light curve as a sine series, m(phase) = mean + Σ A_k sin(2π k phase + φ_k), k = 1..order: the convention of Simon
 * & Lee 1981 (ApJ 248, 291) as Dékány et al. 2021 use it. Gaia's tables hold cosine phases: see `cosinePhase21`.
 */
export interface FourierSeries {
  /** m0 [mag], the mean of the series over the cycle */
  readonly mean: number;
  /** A_1, A_2, ... [mag], never negative */
  readonly amplitude: readonly number[];
  /** φ_1, φ_2, ... [rad], -π to π */
  readonly angle: readonly number[];
}

/** @param coefficients m0, then a_k, b_k of a_k sin(2π k phase) + b_k cos(2π k phase) for k = 1.. [mag] */
export function seriesOf(coefficients: ArrayLike<number>): FourierSeries {
  const amplitude: number[] = [];
  const angle: number[] = [];
  for (let at = 1; at < coefficients.length; at += 2) {
    const [sine, cosine] = [coefficients[at]!, coefficients[at + 1]!];
    amplitude.push(Math.hypot(sine, cosine));
    angle.push(Math.atan2(cosine, sine));
  }
  return { mean: coefficients[0]!, amplitude, angle };
}

/** @param phase [cycles] @returns [mag] */
export function seriesAt({ mean, amplitude, angle }: FourierSeries, phase: number): number {
  let mag = mean;
  for (let k = 0; k < amplitude.length; k++) mag += amplitude[k]! * Math.sin(TWO_PI * (k + 1) * phase + angle[k]!);
  return mag;
}

/** @returns the angle [rad] plus the whole turns that bring it within half a turn of `reference` [rad] */
export function wrapNear(angle: number, reference: number): number {
  return angle - TWO_PI * Math.round((angle - reference) / TWO_PI);
}

/** @returns the same curve whose phase 0 is what was phase `shift` [cycles] */
export function shiftSeries({ mean, amplitude, angle }: FourierSeries, shift: number): FourierSeries {
  return { mean, amplitude, angle: angle.map((one, k) => wrapNear(one + TWO_PI * (k + 1) * shift, 0)) };
}

/**
 * φ_k1 = φ_k - k φ_1: which of the harmonics lead, whatever the epoch.
 *
 * @param k 2, 3, ...
 * @param reference [rad] the result is within π of it. Fundamental-mode RR Lyrae scatter about 2.6 in φ21 and 5.4 in φ31 in G
 */
export function phaseDifference({ angle }: FourierSeries, k: number, reference: number): number {
  return wrapNear(angle[k - 1]! - k * angle[0]!, reference);
}

/** sin x = cos(x - π/2), so that each φ_k is π/2 less in a cosine series, and φ21 is π/2 more. @returns [rad] 0 to 2π, as Gaia's `phi21_g` */
export const cosinePhase21 = (sinePhase21: number): number => wrapNear(sinePhase21 + Math.PI / 2, Math.PI);

/** The cosine series' φ31 is π more. @returns [rad] 0 to 2π, as Gaia's `phi31_g` */
export const cosinePhase31 = (sinePhase31: number): number => wrapNear(sinePhase31 + Math.PI, Math.PI);

/** @param cosinePhase31 [rad] Gaia's `phi31_g` @returns the sine series' φ31 [rad] within π of `reference` */
export const sinePhase31 = (cosinePhase31: number, reference: number): number => wrapNear(cosinePhase31 - Math.PI, reference);
