import type { OnnxModel, Value } from "../onnx/onnx-model";

/** What one fit learns: a quantity of order one, or which of several classes a row is. */
export type Target =
  /** [rows] of order one (its scale is kept by whoever asks); only the rows of a task are read */
  | { readonly kind: "quantity"; readonly values: Float32Array }
  /** [rows] index of the class, 0 <= index < classes; only the rows of a task are read */
  | { readonly kind: "classes"; readonly values: Int32Array; readonly classes: number };

/** One thing to fit: all rows' inputs, one target, and which rows to use how. */
export interface FitTask<Settings> {
  /** [rows, columns] as the study's inputs are computed, row by row; NaN where missing */
  readonly raw: Float32Array;
  readonly columns: number;
  /** [rows, 2 columns] of order one, 0 where missing, then the NaN flags: see `normalise` */
  readonly prepared: Float32Array;
  readonly target: Target;
  readonly train: Int32Array;
  /** rows that the fit may stop by, never fit on; none where a `refit` fits on all */
  readonly validation: Int32Array;
  /** [rows] positive weight of each row in the fit */
  readonly weights: Float32Array | null;
  /** sets of inputs that are missing together, the most frequent first; of each [columns] 1 where missing */
  readonly gaps: readonly Uint8Array[];
  readonly settings: Settings;
  readonly seed: number;
}

/** The inputs of a model, inside a graph. */
export interface GraphInputs {
  /** [N, F] as they came, NaN where missing */
  readonly raw: Value;
  /** [N, 2F] of order one, 0 where missing, then the NaN flags */
  readonly prepared: Value;
}

/** What a fit says of rows, inside a graph. */
export type GraphAnswer =
  | {
      readonly kind: "quantity";
      /** [N, 1] of order one */
      readonly value: Value;
      /** [N, 1] the fit's own variance, of order one; null where the family gives none */
      readonly variance: Value | null;
    }
  /** [N, classes] that add up to one, before calibration */
  | { readonly kind: "classes"; readonly probabilities: Value };

/** What a fit leaves behind: plain numbers that can be written into a graph. */
export interface Fit {
  /** Adds the fit to a graph: the only way in which it predicts, in training as in serving. */
  emit(graph: OnnxModel, inputs: GraphInputs): GraphAnswer;
  /** what people may want to know of it: epochs, rounds, chosen settings */
  readonly notes: Readonly<Record<string, number | string>>;
}

/** How a fit is followed and ended. */
export interface FitWatch {
  /** @param share of the fit that is done, 0 to 1 */
  readonly onProgress: (share: number, note: string) => void;
  /** ends the fit with the best so far */
  readonly interrupt: AbortSignal;
}

/** A family with its library loaded and its threads running. */
export interface Fitter<Settings> {
  /** fits that may run at once */
  readonly parallel: number;
  /** what computes: `wasm`, `xgboost`, ...; and the versions of its libraries */
  readonly backend: { readonly name: string; readonly libraries: Readonly<Record<string, string>> };
  /**
   * Settings that are chosen once for a target, before its fits: a width, a number of neighbours. They are few, so that
   * the choice tells nothing of a single star. Absent where a family has nothing to choose.
   *
   * @param task all rows that may be learned from are its `train`
   */
  choose?(task: FitTask<Settings>, watch: FitWatch): Promise<Settings>;
  fit(task: FitTask<Settings>, watch: FitWatch): Promise<Fit>;
  close(): Promise<void>;
}

/** One setting that a study may name. */
export interface Setting<Type> {
  readonly description: string;
  /** @throws AppError BAD_INPUT saying what was wanted and what came */
  parse(given: unknown): Type;
  /** what is taken where the study says nothing */
  readonly standard: (rows: number) => Type;
}

export type Settings<Of> = { readonly [name in keyof Of]: Setting<Of[name]> };

/** What every family is opened with. */
export interface FamilyContext {
  /** TensorFlow.js backend that is wanted: auto, wasm, ... */
  readonly backend: string;
  /** fits at once, where the family can */
  readonly threads: number;
  /** path of libxgboost; null: the installed one */
  readonly xgboostLibrary: string | null;
}

/**
 * A way to learn from stellar values. Everything that all families need is done once around it: out-of-fold answers,
 * stated errors and calibrated probabilities by training/fit; inputs, splits, gaps, scores and the artifact by
 * training/values. A family fits and writes its graph. This contract lies with those who use it: no folder that all
 * families share knows a family.
 */
export interface Family<Of extends object = object> {
  /** as a study names it: mlp */
  readonly name: string;
  /** one line for people */
  readonly summary: string;
  readonly settings: Settings<Of>;
  /**
   * How one model is made of the fits that each leave one fold out: `members`, whose mean answers and whose spread says
   * how sure they are; `mean`, the same where they know their own rows by heart, so that their spread says little; or
   * `refit`, one more fit on all folds, where members would only repeat each other.
   */
  readonly combine: "members" | "mean" | "refit";
  /**
   * How it learns what to say where inputs are missing: `apart`, by a fit of its own for each frequent set of missing
   * inputs, on the stars as if they lacked them; `together`, by being shown copies of stars with inputs taken away, too;
   * or `own`, where it leaves missing inputs out by itself. Of more than 50,000 stars, `apart` becomes `together`. Apart takes as many fits as there are sets, and is better: one
   * network for all sets answered complete stars 4% worse, and log g without parallaxes with 0.40 dex instead of 0.21.
   */
  readonly gaps: "apart" | "together" | "own";
  /** @throws AppError BACKEND_UNAVAILABLE saying how to install what is missing */
  open(context: FamilyContext): Promise<Fitter<Of>>;
}
