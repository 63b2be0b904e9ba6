import { fitFourier } from "../../science/light-curve/fit-fourier";
import { phaseDifference } from "../../science/light-curve/fourier-series";
import { shapeOf } from "../../science/light-curve/light-curve-shape";
import { largestPhaseGap } from "./fold-light-curve";
import type { FoldableLightCurve, LightCurveFeatureSet } from "./light-curve";

/** [rad] typical φ21 and φ31 of the fundamental mode in G (sine series); values are wrapped to within π of them. */
export const PHI21_CENTRE = 2.6;
export const PHI31_CENTRE = 5.4;
/** The prior of the fit suppresses harmonics that are poorly determined by few points. */
const ORDER = 8;

const INPUTS = [
  { name: "period", unit: "d", description: "pulsation period" },
  { name: "A1", unit: "mag", description: "amplitude of the first harmonic, sine series" },
  { name: "A2", unit: "mag", description: "amplitude of the second harmonic" },
  { name: "A3", unit: "mag", description: "amplitude of the third harmonic" },
  { name: "amplitude", unit: "mag", description: "faintest minus brightest of the fitted series" },
  { name: "rise_time", unit: "-", description: "cycles from the faintest to the brightest" },
  { name: "R21", unit: "-", description: "A2 / A1" },
  { name: "R31", unit: "-", description: "A3 / A1" },
  {
    name: "phi21",
    unit: "rad",
    description: `phase of the second harmonic less twice the first's, sine series, within pi of ${PHI21_CENTRE}`,
  },
  {
    name: "phi31",
    unit: "rad",
    description: `phase of the third harmonic less three times the first's, sine series, within pi of ${PHI31_CENTRE}`,
  },
  { name: "scatter", unit: "mag", description: "of a point about the fitted series" },
  { name: "points", unit: "-", description: "points fitted" },
  { name: "phase_gap", unit: "-", description: "largest part of the cycle without a point" },
] as const;

function compute(curve: FoldableLightCurve): Float32Array {
  const fit = fitFourier(curve, ORDER);
  if (!fit) return new Float32Array(INPUTS.length).fill(Number.NaN);
  const { series } = fit;
  const { totalAmplitude, riseTime } = shapeOf(series);
  const [a1, a2, a3] = series.amplitude as [number, number, number];
  return Float32Array.from([
    curve.periodDays,
    a1,
    a2,
    a3,
    totalAmplitude,
    riseTime,
    a2 / a1,
    a3 / a1,
    phaseDifference(series, 2, PHI21_CENTRE),
    phaseDifference(series, 3, PHI31_CENTRE),
    fit.scatter,
    curve.phase.length,
    largestPhaseGap(curve.phase),
  ]);
}

/**
 * Period and Fourier parameters of RR Lyrae stars in G: the inputs of the relations from Jurcsik & Kovács 1996 (A&A
 * 312, 111) on. Every model trained on them depends on their order: never change it, define a new set instead.
 */
export const rrlFourierFeatures: LightCurveFeatureSet = { name: "rrl-fourier", inputs: INPUTS, compute };
