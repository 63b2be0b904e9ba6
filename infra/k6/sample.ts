import { fail } from "k6";
import { lookUp } from "./api.ts";

/** A star of the catalogue, drawn before the load begins. */
export interface DrawnStar {
  readonly sourceId: string;
  readonly ra: number;
  readonly dec: number;
  readonly photGMeanMag: number | null;
  readonly photBpMeanMag: number | null;
  readonly photRpMeanMag: number | null;
  readonly rMedGeo: number | null;
}

/**
 * What the scripts draw from: any sky will do. Every virtual user parses a copy of its own, all of them at once when a spike
 * begins, so the sample consists of texts that are parsed when they are needed.
 */
export interface Sample {
  /** JSON of a `DrawnStar` each */
  readonly stars: readonly string[];
  /** JSON of the source_ids of a hundred stars each */
  readonly lists: readonly string[];
  readonly surveys: readonly string[];
  /** those that predict from the photometry of a star */
  readonly models: readonly string[];
}

const STAR = "sourceId ra dec photGMeanMag photBpMeanMag photRpMeanMag rMedGeo";
/** Different lists of a hundred stars. */
const LISTS = 40;
/** Positions at which stars are drawn: a golden-angle spiral covers the sphere evenly, and is the same in every run. */
const POSITIONS = 60;
const GOLDEN_ANGLE = 137.50776405003785;

/** Stars near positions all over the sky, so that a table larger than memory is read everywhere. */
function starsAllOver(): DrawnStar[] {
  return Array.from({ length: POSITIONS }, (_, index) => {
    const ra = (index * GOLDEN_ANGLE) % 360;
    const dec = (Math.asin((2 * index + 1) / POSITIONS - 1) * 180) / Math.PI;
    const found = lookUp<{ coneSearch: { nodes: DrawnStar[] } }>(
      `query ($ra: Float!, $dec: Float!) { coneSearch(ra: $ra, dec: $dec, radiusArcsec: 18000, first: 12) { nodes { ${STAR} } } }`,
      { ra, dec },
    );
    return found.coneSearch.nodes;
  }).flat();
}

/** k6's `setup`: draws stars, surveys and models from the server's own catalogue. */
export function setup(): Sample {
  const found = lookUp<{
    stars: { nodes: (DrawnStar & { surveyLabels: { survey: string }[] })[] };
    models: { name: string; recipe: string }[];
  }>(`{ stars(first: 300) { nodes { ${STAR} surveyLabels { survey } } } models { name recipe } }`);
  if (found.stars.nodes.length === 0) fail("The server holds no stars: start it with `npm start`.");
  const surveys = found.stars.nodes.flatMap(({ surveyLabels }) => surveyLabels.map(({ survey }) => survey));
  const stars = [...starsAllOver(), ...found.stars.nodes.map(({ surveyLabels: _, ...star }) => star)];
  const ids = stars.map(({ sourceId }) => sourceId);
  return {
    stars: stars.map((star) => JSON.stringify(star)),
    lists: Array.from({ length: LISTS }, (_, list) =>
      JSON.stringify(Array.from({ length: 100 }, (_, index) => ids[(list * 31 + index * 17) % ids.length])),
    ),
    surveys: [...new Set(surveys)].sort(),
    models: found.models.filter(({ recipe }) => recipe.startsWith("sos-")).map(({ name }) => name),
  };
}

/** The run's next element: every virtual user walks through all of them, from a place of its own. */
export const next = <T>(all: readonly T[], stride = 7919): T => all[(__VU * stride + __ITER) % all.length]!;

/** The run's next star. */
export const nextStar = ({ stars }: Sample, stride?: number): DrawnStar => JSON.parse(next(stars, stride)) as DrawnStar;
