import DataLoader from "dataloader";
import { type Crossmatch, crossmatchesOf } from "../catalogue/crossmatch";
import { type Measurement, photometryOf } from "../catalogue/photometry";
import type { Release } from "../catalogue/release";
import { type Star, starsByIds } from "../catalogue/star";
import { type SurveyLabels, surveyLabelsOf } from "../catalogue/survey-label";
import type { Queries } from "../database/database";
import type { ModelVersion } from "../models/registry";
import type { PredictedLabelType, PredictionType } from "./prediction/prediction.type";
import { starPredictions, storedLabels } from "./prediction/star-predictions";
import type { Services } from "./services";

type ByStar<T> = DataLoader<bigint, T>;
type ByVersion<T> = (version: ModelVersion) => ByStar<T>;

/** All that is loaded by source_id within one release: however many stars ask at once, one statement each. */
export interface StarLoaders {
  readonly star: ByStar<Star | null>;
  readonly photometry: ByStar<Measurement[]>;
  readonly crossmatches: ByStar<Crossmatch[]>;
  readonly surveyLabels: ByStar<SurveyLabels[]>;
  readonly prediction: ByVersion<PredictionType>;
  readonly storedLabels: ByVersion<PredictedLabelType[]>;
}

/** One loader a model version, made when it is first asked for. */
function byVersion<T>(load: (version: ModelVersion, sourceIds: readonly bigint[]) => Promise<T[]>): ByVersion<T> {
  const loaders = new Map<number, ByStar<T>>();
  return (version) => {
    const loader = loaders.get(version.id) ?? new DataLoader((sourceIds) => load(version, sourceIds));
    loaders.set(version.id, loader);
    return loader;
  };
}

export function starLoaders(services: Services, release: Release): StarLoaders {
  const loader = <T>(load: (queries: Queries, release: Release, sourceIds: readonly bigint[]) => Promise<T[]>): ByStar<T> =>
    new DataLoader((sourceIds) => load(services.database, release, sourceIds));
  return {
    star: loader(starsByIds),
    photometry: loader(photometryOf),
    crossmatches: loader(crossmatchesOf),
    surveyLabels: loader(surveyLabelsOf),
    prediction: byVersion((version, sourceIds) => starPredictions(services, release, version, sourceIds)),
    storedLabels: byVersion((version, sourceIds) => storedLabels(services, release, version, sourceIds)),
  };
}
