import type { Crossmatch } from "../../catalogue/crossmatch";
import type { LightCurve } from "../../catalogue/light-curve";
import type { Measurement } from "../../catalogue/photometry";
import type { Release } from "../../catalogue/release";
import type { StarColumnSet, StarPart } from "../../catalogue/stars-by-ids";
import type { SurveyLabelColumnSet, SurveyLabelsPart } from "../../catalogue/survey-label";
import type { UnlistedStar } from "../../catalogue/unlisted-stars";
import type { Variability } from "../../catalogue/variability";
import { type NearVector, nearestToStars, type VectorSearch } from "../../catalogue/vectors/nearest-vectors";
import type { ModelVersion } from "../../models/registry/registry";
import type { PredictedLabelType, PredictionType } from "../prediction/prediction.type";
import { starPredictions } from "../prediction/star-predictions";
import { storedLabels } from "../prediction/stored-answers";
import type { Services } from "../services";
import type { Coalescer } from "./coalescer";
import { StarLoader } from "./star-loader";
import type { StarReads } from "./star-reads";

type Fetch<T> = (sourceIds: readonly bigint[]) => Promise<T[]>;

/** The loaders of one request for one release. Each star is loaded once; a loader is created on first use. */
export class StarLoaders {
  /** by a read shared with other requests, or by name */
  private readonly made = new Map<object | string, StarLoader<unknown>>();

  constructor(
    private readonly services: Services,
    private readonly reads: StarReads,
    readonly release: Release,
  ) {}

  star(columns: StarColumnSet): StarLoader<StarPart | null> {
    return this.before(this.reads.star(columns));
  }

  get unlisted(): StarLoader<UnlistedStar | null> {
    return this.before(this.reads.unlisted);
  }

  surveyLabels(columns: SurveyLabelColumnSet): StarLoader<readonly SurveyLabelsPart[]> {
    return this.before(this.reads.surveyLabels(columns));
  }

  get photometry(): StarLoader<readonly Measurement[]> {
    return this.before(this.reads.photometry);
  }

  get crossmatches(): StarLoader<readonly Crossmatch[]> {
    return this.before(this.reads.crossmatches);
  }

  get lightCurves(): StarLoader<readonly LightCurve[]> {
    return this.before(this.reads.lightCurves);
  }

  get variability(): StarLoader<readonly Variability[]> {
    return this.before(this.reads.variability);
  }

  prediction(version: ModelVersion): StarLoader<PredictionType> {
    const { services, reads, release } = this;
    return this.once(`prediction ${version.id}`, (sourceIds) => starPredictions(services, reads, release, version, sourceIds));
  }

  storedLabels(version: ModelVersion): StarLoader<PredictedLabelType[]> {
    return this.once(`stored labels ${version.id}`, (sourceIds) => storedLabels(this.reads, version, sourceIds));
  }

  similar(search: VectorSearch): StarLoader<NearVector[] | null> {
    const { versionId, output, k, exact } = search;
    return this.once(`similar ${versionId} ${output} ${k} ${exact}`, (of) => nearestToStars(this.services.database, { ...search, of }));
  }

  /** This request's loader in front of a read that all requests share. */
  private before<T>(read: Coalescer<bigint, T>): StarLoader<T> {
    return this.once(read, (sourceIds) => read.load(sourceIds));
  }

  private once<T>(what: object | string, fetch: Fetch<T>): StarLoader<T> {
    const loader = (this.made.get(what) as StarLoader<T> | undefined) ?? new StarLoader(fetch);
    this.made.set(what, loader);
    return loader;
  }
}
