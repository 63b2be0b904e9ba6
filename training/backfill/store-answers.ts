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
  const predictions: Prediction[] = [];
  const unpredicted: Unpredicted[] = [];
  for (const { sourceId, answer } of answers) {
    const key = { release, sourceId };
    if (answer.unpredicted) unpredicted.push({ ...key, reason: answer.unpredicted });
    for (const { unit: _, ...label } of answer.labels) predictions.push({ modelVersionId, ...key, ...label });
  }
  await storePredictions(queries, predictions);
  await storeUnpredicted(queries, modelVersionId, unpredicted);
  return unpredicted.length;
}
