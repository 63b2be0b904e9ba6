import { check } from "k6";
import http from "k6/http";
import type { Options } from "k6/options";

/**
 * A minute's assurance that a running server answers what astronomers ask most: a star with its labels, a page,
 * a prediction. Bounded in requests and time; loopback unless ASTERISM_URL says otherwise.
 *
 *     k6 run infra/k6/smoke.ts
 */
export const options: Options = {
  scenarios: { smoke: { executor: "shared-iterations", vus: 4, iterations: 200, maxDuration: "1m" } },
  thresholds: { checks: ["rate==1"], http_req_failed: ["rate==0"] },
};

const URL = `${__ENV.ASTERISM_URL ?? "http://127.0.0.1:4000"}/graphql`;

interface Star {
  sourceId: string;
  photGMeanMag: number | null;
}

interface Sample {
  stars: Star[];
  model: string;
}

function ask<Data>(query: string, variables: Record<string, unknown> = {}): Data {
  const response = http.post(URL, JSON.stringify({ query, variables }), { headers: { "content-type": "application/json" } });
  const body = response.json() as unknown as { data: Data; errors?: { message: string }[] };
  if (body.errors) throw new Error(body.errors.map(({ message }) => message).join("; "));
  return body.data;
}

/** Draws the ids from the database, so that the test runs on any sky. */
export function setup(): Sample {
  const { stars, models } = ask<{ stars: { nodes: Star[] }; models: { name: string }[] }>(
    "{ stars(first: 100) { nodes { sourceId photGMeanMag } } models { name } }",
  );
  if (stars.nodes.length === 0 || models.length === 0) throw new Error("the server holds no stars or no model: start it with `npm start`");
  return { stars: stars.nodes, model: models[0].name };
}

const STAR = `query ($id: SourceId!, $model: String!) {
  star(sourceId: $id) { sourceId photGMeanMag surveyLabels { survey teff } prediction(model: $model) { labels { parameter value } } }
}`;
const PAGE = "query ($first: Int!) { stars(first: $first, order: { by: PHOT_G_MEAN_MAG }) { nodes { sourceId photGMeanMag } } }";

export default function (sample: Sample): void {
  const expected = sample.stars[__ITER % sample.stars.length];
  const { star } = ask<{ star: Star }>(STAR, { id: expected.sourceId, model: sample.model });
  check(star, {
    "a star keeps every digit of its id": ({ sourceId }) => sourceId === expected.sourceId,
    "a star keeps its magnitude": ({ photGMeanMag }) => photGMeanMag === expected.photGMeanMag,
  });
  const { stars } = ask<{ stars: { nodes: Star[] } }>(PAGE, { first: 50 });
  check(stars.nodes, {
    "a page comes in order": (nodes) =>
      nodes.every(({ photGMeanMag }, index) => index === 0 || photGMeanMag! >= nodes[index - 1].photGMeanMag!),
  });
}
