import type { Random } from "../random";
import type { Star } from "./population";

/** Errors or offsets of a survey's labels: [K], [dex], [dex]. */
interface LabelScale {
  readonly teff: number;
  readonly logg: number;
  readonly feh: number;
}

/** A spectroscopic survey: whom it observes and how it errs. */
export interface Survey {
  readonly name: string;
  readonly title: string;
  /** fraction of the stars within its limits that it observed */
  readonly share: number;
  /** [mag] brightest and faintest Gaia G */
  readonly gMag: readonly [bright: number, faint: number];
  /** [deg] southern and northern limit of declination */
  readonly dec: readonly [south: number, north: number];
  /** what it adds to every star */
  readonly offset: LabelScale;
  /** its true random errors */
  readonly scatter: LabelScale;
  /** quoted over true errors */
  readonly quoted: number;
  /** measures [alpha/M] and radial velocity too */
  readonly spectra: boolean;
}

/**
 * Surveys in the manner of the real ones (offsets and precisions: Tsantaki et al. 2022, A&A 659, A95, rounded). `synthetic-sos`
 * is the homogenised label that the others are brought to, so that it has no offset.
 */
export const SURVEYS: readonly Survey[] = [
  {
    name: "synthetic-sos",
    title: "Synthetic Survey of Surveys",
    share: 0.65,
    gMag: [8, 16.5],
    dec: [-90, 90],
    offset: { teff: 0, logg: 0, feh: 0 },
    scatter: { teff: 45, logg: 0.07, feh: 0.06 },
    quoted: 1,
    spectra: false,
  },
  {
    name: "synthetic-apogee",
    title: "Synthetic APOGEE",
    share: 0.1,
    gMag: [8, 15],
    dec: [-90, 90],
    offset: { teff: -20, logg: 0.02, feh: 0.03 },
    scatter: { teff: 45, logg: 0.05, feh: 0.03 },
    quoted: 0.5,
    spectra: true,
  },
  {
    name: "synthetic-galah",
    title: "Synthetic GALAH",
    share: 0.12,
    gMag: [9, 14.5],
    dec: [-80, 10],
    offset: { teff: 15, logg: -0.03, feh: -0.02 },
    scatter: { teff: 70, logg: 0.1, feh: 0.07 },
    quoted: 1.2,
    spectra: true,
  },
  {
    name: "synthetic-rave",
    title: "Synthetic RAVE",
    share: 0.15,
    gMag: [8, 13],
    dec: [-85, 5],
    offset: { teff: 40, logg: 0.08, feh: -0.08 },
    scatter: { teff: 130, logg: 0.25, feh: 0.14 },
    quoted: 0.7,
    spectra: true,
  },
  {
    name: "synthetic-lamost",
    title: "Synthetic LAMOST",
    share: 0.15,
    gMag: [9, 17.5],
    dec: [-10, 60],
    offset: { teff: -30, logg: 0.04, feh: -0.04 },
    scatter: { teff: 95, logg: 0.15, feh: 0.09 },
    quoted: 1.4,
    spectra: true,
  },
  {
    name: "synthetic-gaia-eso",
    title: "Synthetic Gaia-ESO",
    share: 0.02,
    gMag: [10, 17],
    dec: [-65, 15],
    offset: { teff: 10, logg: -0.02, feh: 0.01 },
    scatter: { teff: 60, logg: 0.12, feh: 0.07 },
    quoted: 0.9,
    spectra: true,
  },
];

/** One star's labels in one survey; null if the survey does not give the label. */
export interface SurveyLabels {
  readonly survey: Survey;
  readonly teff: number;
  readonly teffError: number;
  readonly logg: number;
  readonly loggError: number;
  readonly feh: number;
  readonly fehError: number;
  readonly mh: number | null;
  readonly mhError: number | null;
  readonly alphaM: number | null;
  readonly alphaMError: number | null;
  readonly radialVelocity: number | null;
  readonly radialVelocityError: number | null;
  readonly snr: number;
}

/** [dex] and [km/s]: errors that all the surveys share, so as to keep their descriptions short. */
const ALPHA_ERROR = 0.04;
const VELOCITY_ERROR = 0.6;

/** [M/H] - [Fe/H] of an alpha-enhanced mixture (Salaris et al. 1993, ApJ 414, 580). */
const alphaToMetals = (alpha: number) => Math.log10(0.638 * 10 ** alpha + 0.362);

function observeWith(random: Random, survey: Survey, star: Star, gMag: number, radialVelocity: number): SurveyLabels {
  const { offset, scatter, quoted } = survey;
  const snr = Math.min(300, 100 * 10 ** (-0.15 * (gMag - 12)) * Math.exp(0.2 * random.normal()));
  const worse = Math.sqrt(1 + (20 / snr) ** 2);
  const value = (label: keyof LabelScale) => star[label] + offset[label] + scatter[label] * worse * random.normal();
  const error = (label: keyof LabelScale) => quoted * worse * scatter[label];
  return {
    survey,
    teff: value("teff"),
    teffError: error("teff"),
    logg: value("logg"),
    loggError: error("logg"),
    feh: value("feh"),
    fehError: error("feh"),
    mh: survey.spectra ? value("feh") + alphaToMetals(star.alpha) : null,
    mhError: survey.spectra ? error("feh") : null,
    alphaM: survey.spectra ? star.alpha + ALPHA_ERROR * worse * random.normal() : null,
    alphaMError: survey.spectra ? ALPHA_ERROR * worse : null,
    radialVelocity: survey.spectra ? radialVelocity + VELOCITY_ERROR * worse * random.normal() : null,
    radialVelocityError: survey.spectra ? VELOCITY_ERROR * worse : null,
    snr,
  };
}

/** @returns the labels of every survey that observed the star */
export function surveyLabels(random: Random, star: Star, gMag: number, decDeg: number, radialVelocity: number): SurveyLabels[] {
  const observed = SURVEYS.filter(
    ({ share, gMag: [bright, faint], dec: [south, north] }) =>
      random.uniform() < share && gMag > bright && gMag < faint && decDeg > south && decDeg < north,
  );
  return observed.map((survey) => observeWith(random, survey, star, gMag, radialVelocity));
}
