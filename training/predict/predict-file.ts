import { type Origin, UNEXPLAINED } from "../../src/catalogue/bulk/about";
import { writeAtomically } from "../../src/catalogue/bulk/atomic-file";
import { writeHead } from "../../src/catalogue/bulk/write-head";
import { AppError } from "../../src/errors";
import { csvLine } from "../../src/formats/csv/csv-line";
import type { TableChoice } from "../../src/formats/open-table";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry/registry";
import { fileModalityOf } from "../file-modalities";
import type { OnProgress } from "../files/byte-progress";
import type { FileModality, PredictedStar } from "../files/file-modality";
import { predictionHead } from "../files/prediction-head";
import { addToCount, NOTHING_PREDICTED, type PredictionCount, type PredictionSummary } from "../files/prediction-summary";

/** What `predict` is asked for. */
export interface PredictionFiles {
  readonly input: string;
  readonly output: string;
  /** SVG file to draw the first stars to, with what was predicted */
  readonly figure?: string;
  /** JSON file to write beside the output, with what it says of itself */
  readonly about?: { readonly file: string; readonly origin: Origin };
  /** which table of a file */
  readonly choice?: TableChoice;
}

/** Keeps the first stars for the drawing. */
class Shown {
  readonly stars: PredictedStar[] = [];

  constructor(private readonly most: number) {}

  add(predicted: readonly PredictedStar[]): void {
    const usable = predicted.filter(({ prepared }) => prepared.refusal === null);
    this.stars.push(...usable.slice(0, this.most - this.stars.length));
  }
}

/** Predicts for a batch of stars of the input. */
async function predictBatch(
  { modality }: FileModality,
  predictor: Predictor,
  version: ModelVersion,
  stars: readonly unknown[],
  observed: (star: unknown) => unknown,
): Promise<PredictedStar[]> {
  const prepared = await predictor.prepare(modality, version, stars.map(observed));
  const predictions = await predictor.predictPrepared(version, prepared);
  return stars.map((star, index) => ({ star, prepared: prepared[index]!, prediction: predictions[index]! }));
}

/** @throws AppError BAD_INPUT if a figure is wanted of what cannot be drawn */
function checkFigure(files: FileModality, version: ModelVersion, figure: string | undefined): void {
  if (figure === undefined || files.figure) return;
  throw new AppError("BAD_INPUT", `--figure draws light curves; ${version.model} predicts from ${files.modality.takes}. Leave it out.`);
}

/**
 * Predicts for the stars of a file or folder: one line a star, in the input's order. The output appears whole or not at all.
 *
 * @throws AppError BAD_INPUT naming the file and its fault, NOT_FOUND, and as Predictor.predict does
 */
export async function predictFile(
  predictor: Predictor,
  version: ModelVersion,
  { input, output, figure, about, choice }: PredictionFiles,
  onProgress: OnProgress = () => undefined,
): Promise<PredictionSummary> {
  const files = fileModalityOf(version.manifest);
  checkFigure(files, version, figure);
  const shown = new Shown(figure === undefined ? 0 : files.figure!.stars);
  let count: PredictionCount = NOTHING_PREDICTED;
  let columns: readonly string[] = [];
  await writeAtomically(output, async (write) => {
    const opened = await files.openInput(input, predictor, version, { onProgress, choice });
    columns = opened.columns;
    await write(csvLine(columns));
    for await (const stars of opened.batches) {
      const predicted = await predictBatch(files, predictor, version, stars, opened.observed);
      await write(predicted.map(opened.line).join(""));
      shown.add(predicted);
      count = addToCount(
        count,
        predicted.map(({ prediction }) => prediction),
      );
      if (opened.total !== null) onProgress(count.stars, opened.total, "stars");
    }
    if (count.stars === 0) throw new AppError("BAD_INPUT", `${input} holds a header and no row: there is no star to predict for.`);
  });
  await writeHead(about?.file, predictionHead(version, columns, about?.origin ?? UNEXPLAINED));
  const title = `${version.model}@${version.version}`;
  if (figure !== undefined) await writeAtomically(figure, (write) => write(files.figure!.draw(shown.stars, title)));
  return { model: version.model, version: version.version, output, ...count };
}
