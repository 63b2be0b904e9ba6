import { type PredictedClass, storeClasses } from "../../src/catalogue/predicted/predicted-class";
import { type PredictedVector, storeVectors } from "../../src/catalogue/predicted/predicted-vector";
import { type Prediction, storePredictions, storeUnpredicted, type Unpredicted } from "../../src/catalogue/prediction";
import type { Queries } from "../../src/database/database";
import type { StarPrediction } from "../../src/models/star-prediction";
import type { Job } from "./ranges";

/** What a version says of a star. */
export interface Answered {
  readonly sourceId: bigint;
  readonly answer: StarPrediction;
}

/**
 * Writes the answers of one transaction, and which stars have none.
 *
 * @returns stars that have no answer
 */
export async function storeAnswers(queries: Queries, { modelVersionId, release }: Job, answers: readonly Answered[]): Promise<number> {
  const answered = answers.map(({ sourceId, answer }) => ({ key: { modelVersionId, release, sourceId }, answer }));
  const labels = answered.flatMap(({ key, answer }) => answer.labels.map(({ unit: _, ...label }): Prediction => ({ ...key, ...label })));
  const classes = answered.flatMap(({ key, answer }) =>
    answer.classes.map(({ name: output, value, ...said }): PredictedClass => ({ ...key, output, class: value, ...said })),
  );
  const vectors = answered.flatMap(({ key, answer }) =>
    answer.vectors.map(({ name: output, values: vector, flags }): PredictedVector => ({ ...key, output, vector, flags })),
  );
  const unpredicted = answers.flatMap(({ sourceId, answer }): Unpredicted[] =>
    answer.unpredicted ? [{ release, sourceId, reason: answer.unpredicted }] : [],
  );
  await storePredictions(queries, labels);
  await storeClasses(queries, classes);
  await storeVectors(queries, vectors);
  await storeUnpredicted(queries, modelVersionId, unpredicted);
  return unpredicted.length;
}
