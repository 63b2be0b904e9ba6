import { inOrder } from "../../catalogue/by-star";
import { type Crossmatch, crossmatchesOf } from "../../catalogue/crossmatch";
import { type LightCurve, lightCurvesOf } from "../../catalogue/light-curve";
import { type Measurement, photometryOf } from "../../catalogue/photometry";
import { type PredictedClass, predictedClassesOf } from "../../catalogue/predicted/predicted-class";
import { type PredictedVector, predictedVectorsOf } from "../../catalogue/predicted/predicted-vector";
import { type Prediction, predictionsOf } from "../../catalogue/prediction";
import type { Release } from "../../catalogue/release";
import { type StarColumnSet, type StarPart, starPartsByIds } from "../../catalogue/stars-by-ids";
import { type SurveyLabelColumnSet, type SurveyLabelsPart, surveyLabelsOf } from "../../catalogue/survey-label";
import { type UnlistedStar, unlistedStarsOf } from "../../catalogue/unlisted-stars";
import { type Variability, variabilityOf } from "../../catalogue/variability";
import type { Queries } from "../../database/database";
import { Coalescer } from "./coalescer";
import { remember } from "./remember";

type Read<Value> = Coalescer<bigint, Value>;

/**
 * Reads by source_id within one release, merged across all requests of this process. They are created before any request,
 * so nothing here can depend on the client: anything that does belongs in the request's context.
 */
export interface StarReads {
  readonly star: (columns: StarColumnSet) => Read<StarPart | null>;
  /** of sources that `star` does not find */
  readonly unlisted: Read<UnlistedStar | null>;
  readonly photometry: Read<readonly Measurement[]>;
  readonly crossmatches: Read<readonly Crossmatch[]>;
  readonly surveyLabels: (columns: SurveyLabelColumnSet) => Read<readonly SurveyLabelsPart[]>;
  readonly lightCurves: Read<readonly LightCurve[]>;
  readonly variability: Read<readonly Variability[]>;
  /** by the row id of a model version */
  readonly predictions: (modelVersionId: number) => Read<readonly Prediction[]>;
  readonly predictedClasses: (modelVersionId: number) => Read<readonly PredictedClass[]>;
  readonly predictedVectors: (modelVersionId: number) => Read<readonly PredictedVector[]>;
}

export function starReads(queries: Queries, release: Release): StarReads {
  const read = <Value>(source: string, fetch: (sourceIds: readonly bigint[]) => Promise<readonly Value[]>): Read<Value> =>
    new Coalescer(fetch, { source });
  /** Rows of one version, each with its star's id. */
  const ofVersion = <Row extends { readonly sourceId: bigint }>(
    source: string,
    fetch: (sourceIds: readonly bigint[], modelVersionId: number) => Promise<readonly Row[]>,
  ) =>
    remember((modelVersionId: number) =>
      read(source, async (ids) => {
        const rows = (await fetch(ids, modelVersionId)).map((row) => [row.sourceId, row] as const);
        return inOrder(ids, rows, ([, row]) => row);
      }),
    );
  return {
    star: remember((columns) => read("star", (ids) => starPartsByIds(queries, release, ids, columns))),
    unlisted: read("unlisted stars", (ids) => unlistedStarsOf(queries, release, ids)),
    photometry: read("photometry", (ids) => photometryOf(queries, release, ids)),
    crossmatches: read("crossmatches", (ids) => crossmatchesOf(queries, release, ids)),
    surveyLabels: remember((columns) => read("survey labels", (ids) => surveyLabelsOf(queries, release, ids, columns))),
    // Hundreds of numbers per star: smaller batches, so that the short loads next to them are not delayed.
    lightCurves: new Coalescer((ids) => lightCurvesOf(queries, release, ids), { source: "light curves", maxKeys: 200 }),
    variability: read("variability", (ids) => variabilityOf(queries, release, ids)),
    predictions: ofVersion("predictions", (ids, version) => predictionsOf(queries, release, ids, [version])),
    predictedClasses: ofVersion("predicted classes", (ids, version) => predictedClassesOf(queries, release, ids, [version])),
    predictedVectors: ofVersion("predicted vectors", (ids, version) => predictedVectorsOf(queries, release, ids, [version])),
  };
}
