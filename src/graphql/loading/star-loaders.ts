import type { Crossmatch } from "../../catalogue/crossmatch";
import type { LightCurve } from "../../catalogue/light-curve";
import type { Measurement } from "../../catalogue/photometry";
import type { Release } from "../../catalogue/release";
import type { StarColumnSet, StarPart } from "../../catalogue/stars-by-ids";
import type { SurveyLabelColumnSet, SurveyLabelsPart } from "../../catalogue/survey-label";
import type { Variability } from "../../catalogue/variability";
import type { ModelVersion } from "../../models/registry";
import type { PredictedLabelType, PredictionType } from "../prediction/prediction.type";
import { starPredictions, storedLabels } from "../prediction/star-predictions";
import type { Services } from "../services";
import type { Coalescer } from "./coalescer";
import { remember } from "./remember";
import { StarLoader } from "./star-loader";
import type { StarReads } from "./star-reads";

/** What one request has loaded by source_id within one release, each star once. */
export interface StarLoaders {
  readonly star: (columns: StarColumnSet) => StarLoader<StarPart | null>;
  readonly photometry: StarLoader<readonly Measurement[]>;
  readonly crossmatches: StarLoader<readonly Crossmatch[]>;
  readonly surveyLabels: (columns: SurveyLabelColumnSet) => StarLoader<readonly SurveyLabelsPart[]>;
  readonly lightCurves: StarLoader<readonly LightCurve[]>;
  readonly variability: StarLoader<readonly Variability[]>;
  readonly prediction: (version: ModelVersion) => StarLoader<PredictionType>;
  readonly storedLabels: (version: ModelVersion) => StarLoader<PredictedLabelType[]>;
}

/** This request's loader in front of what all requests read together. */
const before = <T>(read: Coalescer<bigint, T>): StarLoader<T> => new StarLoader((sourceIds) => read.load(sourceIds));

/** One loader a model version, made when it is first asked for. */
function byVersion<T>(load: (version: ModelVersion, sourceIds: readonly bigint[]) => Promise<T[]>) {
  const loaders = new Map<number, StarLoader<T>>();
  return (version: ModelVersion): StarLoader<T> => {
    const loader = loaders.get(version.id) ?? new StarLoader((sourceIds) => load(version, sourceIds));
    loaders.set(version.id, loader);
    return loader;
  };
}

export function starLoaders(services: Services, reads: StarReads, release: Release): StarLoaders {
  return {
    star: remember((columns) => before(reads.star(columns))),
    photometry: before(reads.photometry),
    crossmatches: before(reads.crossmatches),
    surveyLabels: remember((columns) => before(reads.surveyLabels(columns))),
    lightCurves: before(reads.lightCurves),
    variability: before(reads.variability),
    prediction: byVersion((version, sourceIds) => starPredictions(services, reads, release, version, sourceIds)),
    storedLabels: byVersion((version, sourceIds) => storedLabels(reads, version, sourceIds)),
  };
}
