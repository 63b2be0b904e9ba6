import type { TableChoice } from "../../src/formats/open-table";
import type { Modality, Prepared } from "../../src/modalities/modality";
import type { Predictor } from "../../src/models/predictor";
import type { Manifest } from "../../src/models/registry/manifest";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { StarPrediction } from "../../src/models/star-prediction";
import type { TrainingSet } from "../datasets/training-set";
import type { OnProgress } from "./byte-progress";

/** A star of an input, with what was made of it. */
export interface PredictedStar<Star = unknown> {
  readonly star: Star;
  readonly prepared: Prepared;
  readonly prediction: StarPrediction;
}

/** A file or folder of stars to predict for. */
export interface OpenInput<Star = unknown> {
  /** of the output */
  readonly columns: readonly string[];
  /** stars of the input; null where it is known only at its end */
  readonly total: number | null;
  /** in the input's order; may be read once. Throws AppError BAD_INPUT at the first fault of the input. */
  readonly batches: AsyncIterable<readonly Star[]>;
  /** what the modality prepares */
  observed(star: Star): unknown;
  /** @returns the star's line of the output, with its end */
  line(predicted: PredictedStar<Star>): string;
}

/** A drawing of the first stars that could be used. */
export interface InputFigure<Star = unknown> {
  /** stars that it shows at most */
  readonly stars: number;
  draw(predicted: readonly PredictedStar<Star>[], title: string): string;
}

/** How an input is read. */
export interface InputOptions {
  readonly onProgress: OnProgress;
  /** which table of a file */
  readonly choice?: TableChoice;
}

/** Which labelled stars are read. */
export interface LabelledOptions {
  /** only stars in these parts of a cross-validation */
  readonly folds?: readonly number[];
  /** which table of a file */
  readonly choice?: TableChoice;
}

/** How observations of one modality are read from files: what `predict --input` and `evaluate --data` take. */
export interface FileModality<Star = unknown> {
  readonly modality: Modality;
  /** null where there is nothing to draw */
  readonly figure: InputFigure<Star> | null;
  /** @throws AppError NOT_FOUND or BAD_INPUT naming the file and its fault */
  openInput(input: string, predictor: Predictor, version: ModelVersion, options: InputOptions): Promise<OpenInput<Star>>;
  /** @throws AppError NOT_FOUND or BAD_INPUT naming the file and its fault; BAD_INPUT if folds are asked for and the input has none */
  readLabelled(place: string, manifest: Manifest, options: LabelledOptions): Promise<TrainingSet>;
}
