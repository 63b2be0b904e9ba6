import { fitFourier } from "../../science/light-curve/fit-fourier";
import { type FourierSeries, phaseDifference } from "../../science/light-curve/fourier-series";
import { covarianceErrors } from "../../science/light-curve/series-errors";
import type { FoldableLightCurve, LightCurveFeatureSet } from "./light-curve";
import { relationInputs } from "./relation-inputs";
import { PHI21_CENTRE, PHI31_CENTRE } from "./rrl-fourier";

/** The prior of the fit suppresses harmonics that are poorly determined by few points. */
const ORDER = 8;

const INPUTS = relationInputs({ phi21: PHI21_CENTRE, phi31: PHI31_CENTRE });

/** In the inputs' order, between the period and the errors. */
function quantities(series: FourierSeries): number[] {
  return [...series.amplitude.slice(0, 3), phaseDifference(series, 2, PHI21_CENTRE), phaseDifference(series, 3, PHI31_CENTRE)];
}

function compute(curve: FoldableLightCurve): Float32Array {
  const fit = fitFourier(curve, ORDER);
  if (!fit) return new Float32Array(INPUTS.length).fill(Number.NaN);
  return Float32Array.of(curve.periodDays, ...quantities(fit.series), ...covarianceErrors(fit, quantities));
}

/** Period and Fourier parameters in G with their errors, for linear relations of fundamental-mode RR Lyrae stars. */
export const rrlRelationFeatures: LightCurveFeatureSet = { name: "rrl-relation-g", inputs: INPUTS, compute };
