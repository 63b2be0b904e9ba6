import type { PulsationType } from "../../src/features/fourier-parameters/feature-sets";
import { type CleanSample, type Cut, cleanSample } from "../datasets/clean-sample";
import type { Spectrum } from "./calibrator-row";
import { type CalibratorStar, starsOf } from "./calibrator-stars";

/** The authors' cuts (Dekany et al. 2021): of fundamental-mode stars they leave 375 spectra of 80 stars. */
function cuts(type: PulsationType): Cut<Spectrum>[] {
  return [
    { name: `type ${type}`, keeps: (spectrum) => spectrum.type === type },
    { name: "has a light curve and an [Fe/H]", keeps: ({ period, phi31, feh }) => Number.isFinite(period + phi31 + feh) },
    { name: "judged fit by the authors (keep = 1)", keeps: ({ keep }) => keep === 1 },
    { name: "light curve's signal to noise above 95", keeps: ({ snr }) => snr > 95 },
    { name: "phase coverage above 0.8", keeps: ({ phaseCoverage }) => phaseCoverage > 0.8 },
  ];
}

/** The calibrators of one type among all spectra. */
export function calibratorSample(spectra: readonly Spectrum[], type: PulsationType): CleanSample<Spectrum> {
  return cleanSample(spectra, cuts(type));
}

/** The same, as stars: spectra of one star count once. */
export function calibratorStars(spectra: readonly Spectrum[], type: PulsationType): CleanSample<CalibratorStar> {
  const { rows, losses } = calibratorSample(spectra, type);
  const stars = starsOf(rows);
  const merged = { cut: "spectra of one star taken together", lost: rows.length - stars.length, left: stars.length };
  return { rows: stars, losses: [...losses, merged] };
}
