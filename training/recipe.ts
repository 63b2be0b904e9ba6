import type { Database } from "../src/database/database";
import type { ModelVersion } from "../src/models/registry/registry";
import type { LabelEvaluation, LabelPredictions } from "./evaluation/error-statistics";
import type { Repeatability } from "./fit/repeatability";

/** How a training is followed and ended. */
export interface Watch {
  readonly onProgress?: (done: number, total: number, note: string) => void;
  /** ends the training with the best so far, which is registered */
  readonly interrupt?: AbortSignal;
}

/** A drawing of a recipe's own, beside those of its predictions. */
export interface RecipeFigure {
  /** file name */
  readonly name: string;
  readonly svg: string;
}

/** What every recipe hands back. */
export interface TrainingReport {
  readonly version: ModelVersion;
  /** of the test stars */
  readonly evaluations: readonly LabelEvaluation[];
  /** of the test stars, for figures */
  readonly predictions: readonly LabelPredictions[];
  /** of several trainings; null of one */
  readonly repeatability: readonly Repeatability[] | null;
  readonly interrupted: boolean;
  /** lines of a recipe's own, for people; programs find the same in the manifest's settings */
  readonly notes?: readonly string[];
  readonly figures?: readonly RecipeFigure[];
}

/** How the text of an option is read. */
export type OptionKind =
  | { readonly kind: "whole"; readonly min: number; readonly max: number }
  | { readonly kind: "wholes"; readonly min: number; readonly max: number }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "texts" }
  | { readonly kind: "text" };

/** An option of a recipe, from which the command line and its help are made. */
export interface RecipeOption {
  /** as it is typed: --without-folds <list> */
  readonly flags: string;
  readonly description: string;
  readonly read: OptionKind;
  readonly required?: boolean;
}

/** Where a recipe runs and what it is run with. */
export interface RecipeRun {
  readonly database: Database;
  readonly config: TrainingConfig;
  /** by the options' names, as commander reads them: withoutFolds */
  readonly options: Readonly<Record<string, unknown>>;
  readonly watch: Watch;
}

/** The settings of the installation that trainings depend on. */
export interface TrainingConfig {
  /** folder that holds the artifacts */
  readonly dataDir: string;
  /** TensorFlow.js backend */
  readonly backend: string;
  /** path of libxgboost; null: the installed one */
  readonly xgboostLibrary: string | null;
}

/** A training that is code of its own, as those of RR Lyrae light curves are; trainings on stellar values are studies. */
export interface Recipe {
  readonly name: string;
  /** one line for people */
  readonly summary: string;
  readonly options: readonly RecipeOption[];
  /** Loads the recipe's code when it is run, so that a list of recipes costs nothing. */
  train(run: RecipeRun): Promise<TrainingReport>;
}
