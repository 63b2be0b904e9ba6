import DataLoader from "dataloader";
import { type Crossmatch, crossmatchesOf } from "../catalogue/crossmatch";
import { type Measurement, photometryOf } from "../catalogue/photometry";
import { type Release, type Star, starsByIds } from "../catalogue/star";
import { type SurveyLabels, surveyLabelsOf } from "../catalogue/survey-label";
import type { Queries } from "../database/database";

type ByStar<T> = DataLoader<bigint, T>;

/** All that is loaded by source_id within one release: however many stars ask at once, one statement each. */
export interface StarLoaders {
  readonly star: ByStar<Star | null>;
  readonly photometry: ByStar<Measurement[]>;
  readonly crossmatches: ByStar<Crossmatch[]>;
  readonly surveyLabels: ByStar<SurveyLabels[]>;
}

export function starLoaders(queries: Queries, release: Release): StarLoaders {
  const loader = <T>(load: (queries: Queries, release: Release, sourceIds: readonly bigint[]) => Promise<T[]>): ByStar<T> =>
    new DataLoader((sourceIds) => load(queries, release, sourceIds));
  return {
    star: loader(starsByIds),
    photometry: loader(photometryOf),
    crossmatches: loader(crossmatchesOf),
    surveyLabels: loader(surveyLabelsOf),
  };
}
