import { fail } from "k6";
import { ask, download, expect, operation } from "./api.ts";
import { type DrawnStar, next, nextStar, type Sample } from "./sample.ts";

/*
 * What astronomers ask, and what a right answer is. Each function makes one request.
 */

const STAR = operation(`query Point($id: SourceId!) {
  star(sourceId: $id) {
    sourceId ra dec parallax photGMeanMag bpRp
    surveyLabels { survey teff logg feh }
    crossmatches { catalogue objectId separation }
  }
}`);

/** A star by its source_id, with what surveys say of it and where else it is found. */
export function point(sample: Sample): void {
  const drawn = nextStar(sample);
  expect(ask<{ star: DrawnStar }>("point", STAR, { id: drawn.sourceId }), {
    "a star keeps every digit of its id": ({ star }) => star.sourceId === drawn.sourceId,
    "a star keeps its magnitude": ({ star }) => star.photGMeanMag === drawn.photGMeanMag,
  });
}

const LIST = operation(`query List($ids: [SourceId!]!) {
  starsByIds(sourceIds: $ids) { sourceId photGMeanMag surveyLabels { survey teff logg feh } }
}`);

/** A hundred stars that a survey team lists, with their labels. */
export function list(sample: Sample): void {
  const ids = next(sample.lists);
  expect(ask<{ starsByIds: DrawnStar[] }>("list", LIST, `{"ids":${ids}}`), {
    "a list answers in the ids' order": ({ starsByIds }) => JSON.stringify(starsByIds.map(({ sourceId }) => sourceId)) === ids,
  });
}

const CONE = operation(`query Cone($ra: Float!, $dec: Float!, $radius: Float!) {
  coneSearch(ra: $ra, dec: $dec, radiusArcsec: $radius, first: 50) { edges { distanceArcsec node { sourceId photGMeanMag } } }
}`);

/** All that lies within a minute, or half a degree, of a star: itself first. */
export function cone(sample: Sample): void {
  const { ra, dec, sourceId } = nextStar(sample);
  const radius = __ITER % 2 === 0 ? 60 : 1800;
  type Found = { coneSearch: { edges: { distanceArcsec: number; node: { sourceId: string } }[] } };
  expect(ask<Found>("cone", CONE, { ra, dec, radius }), {
    "a cone has its centre's star": ({ coneSearch }) => coneSearch.edges.some(({ node }) => node.sourceId === sourceId),
    "a cone comes nearest first": ({ coneSearch: { edges } }) =>
      edges.every(({ distanceArcsec }, index) => distanceArcsec <= radius && distanceArcsec >= (edges[index - 1]?.distanceArcsec ?? 0)),
  });
}

/** Everything that one survey says, as one file. */
export function bulkLabels(sample: Sample): void {
  if (sample.surveys.length === 0) fail("The server holds no survey labels: ingest some, or start it with `npm start`.");
  const survey = next(sample.surveys, 1);
  const file = download("bulk-labels", `/export/labels?survey=${encodeURIComponent(survey)}&format=csv`);
  expect(file, {
    "a survey's file has a header": (csv) => csv.startsWith("source_id,"),
    "a survey's file ends with a whole line": (csv) => csv.endsWith("\n"),
  });
}

const PREDICT = operation(`query Predict($model: String!, $inputs: [StellarValues!]!) {
  predict(model: $model, inputs: $inputs) { labels { parameter value uncertainty } }
}`);

/** Labels that a model predicts on the spot, for ten stars as a user's own table gives them. */
export function predict(sample: Sample): void {
  if (sample.models.length === 0) fail("The server holds no Survey-of-Surveys model: train one, or start it with `npm start`.");
  const inputs = Array.from({ length: 10 }, (_, index) => {
    const { photBpMeanMag, photRpMeanMag, rMedGeo } = nextStar(sample, 7919 + index);
    return { photBpMeanMag, photRpMeanMag, rMedGeo };
  });
  type Found = { predict: { labels: { value: number | null; uncertainty: number | null }[] }[] };
  expect(ask<Found>("predict", PREDICT, { model: next(sample.models, 1), inputs }), {
    "every star is answered": (found) => found.predict.length === inputs.length,
    "a value comes with its error": (found) =>
      found.predict.every(({ labels }) => labels.every(({ value, uncertainty }) => (value === null) === (uncertainty === null))),
  });
}
