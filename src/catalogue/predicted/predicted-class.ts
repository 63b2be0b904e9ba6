import { escapeText } from "../../database/copy-text";
import type { Queries } from "../../database/database";

/** Which of several classes a star belongs to, as a model version predicts it. */
export interface PredictedClass {
  readonly release: number;
  readonly sourceId: bigint;
  readonly modelVersionId: number;
  /** name of the version's output: variableType, ... */
  readonly output: string;
  /** the most probable one */
  readonly class: string;
  /** of that class, 0 to 1, calibrated */
  readonly probability: number;
  /** of each class, in the order of the version's manifest */
  readonly probabilities: readonly number[];
  /** bits, see src/catalogue/prediction-flags.ts */
  readonly flags: number;
}

type Row = [
  sourceId: bigint,
  modelVersionId: number,
  output: string,
  of: string,
  probability: number,
  probabilities: number[],
  flags: number,
];

/** @returns the stored classes of many stars by one or more versions, in no particular order; a star without one is absent */
export async function predictedClassesOf(
  queries: Queries,
  release: number,
  sourceIds: readonly bigint[],
  modelVersionIds: readonly number[],
): Promise<PredictedClass[]> {
  const rows = await queries.prepared<Row>(
    "predicted-classes-of-stars",
    `SELECT source_id, model_version_id, output, class, probability, probabilities, flags FROM predicted_class
      WHERE model_version_id = ANY($1::int[]) AND release = $2 AND source_id = ANY($3::int8[])`,
    [modelVersionIds, release, sourceIds],
  );
  return rows.map(([sourceId, modelVersionId, output, of, probability, probabilities, flags]) => ({
    ...{ release, sourceId, modelVersionId, output, probability, probabilities, flags },
    class: of,
  }));
}

/** Writes classes by COPY. A class is named by whoever made the training table, so its name is escaped. */
export async function storeClasses(queries: Queries, classes: readonly PredictedClass[]): Promise<void> {
  if (classes.length === 0) return;
  const line = ({ modelVersionId, release, sourceId, output, class: of, probability, probabilities, flags }: PredictedClass) =>
    `${modelVersionId}\t${release}\t${sourceId}\t${output}\t${escapeText(of)}\t${probability}\t{${probabilities.join()}}\t${flags}\n`;
  const columns = "model_version_id, release, source_id, output, class, probability, probabilities, flags";
  await queries.copyIn(`predicted_class (${columns})`, [Buffer.from(classes.map(line).join(""))]);
}
