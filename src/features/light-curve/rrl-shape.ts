import { type FourierSeries, phaseDifference, seriesOf } from "../../science/light-curve/fourier-series";
import { covarianceErrors } from "../../science/light-curve/series-errors";
import { shapePosterior } from "../../science/light-curve/shape-prior";
import type { Input } from "../feature-set";
import { alignCurve } from "./align-curve";
import type { FoldableLightCurve, LightCurveFeatureSet } from "./light-curve";
import { RRL_SHAPE_PRIOR } from "./rrl-shape-prior";

/** [rad] typical φ_k1 of the fundamental mode in G (sine series), for the harmonics k that are inputs. */
const CENTRES: ReadonlyMap<number, number> = new Map([
  [2, 2.6],
  [3, 5.4],
  [4, 2.1],
  [5, 4.9],
]);
const HARMONICS = [...CENTRES.keys()];

const INPUTS: readonly Input[] = [
  { name: "period", unit: "d", description: "pulsation period" },
  { name: "A1", unit: "mag", description: "amplitude of the first harmonic, sine series" },
  ...HARMONICS.map((k) => ({ name: `R${k}1`, unit: "-", description: `A${k} / A1` })),
  ...HARMONICS.map((k) => ({
    name: `phi${k}1`,
    unit: "rad",
    description: `phase of harmonic ${k} less ${k} times the first's, sine series, within pi of ${CENTRES.get(k)}`,
  })),
  { name: "scatter", unit: "mag", description: "of a point about the curve" },
  { name: "A1_error", unit: "mag", description: "standard error of A1" },
  { name: "phi21_error", unit: "rad", description: "standard error of phi21" },
  { name: "phi31_error", unit: "rad", description: "standard error of phi31" },
];

/** Parameters whose errors are inputs too. */
const measured = (series: FourierSeries): number[] => [
  series.amplitude[0]!,
  ...[2, 3].map((k) => phaseDifference(series, k, CENTRES.get(k)!)),
];

function compute(curve: FoldableLightCurve): Float32Array {
  const aligned = alignCurve(curve);
  if (!aligned) return new Float32Array(INPUTS.length).fill(Number.NaN);
  const posterior = shapePosterior(aligned, curve.periodDays, RRL_SHAPE_PRIOR, aligned.scatter);
  const series = seriesOf(posterior.coefficients);
  const [first] = series.amplitude as [number];
  return Float32Array.from([
    curve.periodDays,
    first,
    ...HARMONICS.map((k) => series.amplitude[k - 1]! / first),
    ...HARMONICS.map((k) => phaseDifference(series, k, CENTRES.get(k)!)),
    posterior.scatter,
    ...covarianceErrors(posterior, measured),
  ]);
}

/**
 * Fourier parameters of RR Lyrae stars in G with their errors, from a fit with a prior on light-curve shapes: with about
 * thirty points and no prior, harmonics are mostly noise. For the fundamental mode; shapes of other modes are biased towards
 * it. Every model trained on them depends on their order: never change it, define a new set instead.
 */
export const rrlShapeFeatures: LightCurveFeatureSet = { name: "rrl-shape", inputs: INPUTS, compute };
