import type { Handle, Out, XgboostLibrary } from "./library";
import { parseTrees, type Tree } from "./tree";

/** Stars as XGBoost takes them. */
export interface BoostInputs {
  /** [stars, columns] raw features; NaN if missing: each split has a way for those */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** [stars] the estimate that the trees add to, in the label's unit; null: nothing */
  readonly base: Float32Array | null;
}

export interface BoostSample extends BoostInputs {
  /** [stars] a value, or the index of a class */
  readonly label: Float32Array;
  /** [stars] positive; absent: all count alike */
  readonly weights?: Float32Array | null;
}

/** How a training is followed and ended. */
export interface Follow {
  /** stars that the score of each round is taken over */
  readonly validation: BoostSample;
  /** @param score of the last of XGBoost's metrics @returns whether to stop */
  onRound(round: number, score: number): boolean;
}

/** XGBoost's own parameters by their own names (https://xgboost.readthedocs.io/en/stable/parameter.html). */
export type BoostParameters = Readonly<Record<string, string | number>>;

/** One thread, so that sums have one order and a training is repeated bit for bit on any machine. */
const FIXED: BoostParameters = { nthread: 1, verbosity: 0, tree_method: "hist", base_score: 0 };

const rowsOf = ({ inputs, columns }: BoostInputs): number => inputs.length / columns;

/** @returns what `use` makes of the stars; the library's copy of them is freed */
function withMatrix<T>(library: XgboostLibrary, stars: BoostInputs | BoostSample, use: (matrix: Handle) => T): T {
  const { functions } = library;
  const created: Out<Handle> = [null];
  library.check(functions.XGDMatrixCreateFromMat(stars.inputs, rowsOf(stars), stars.columns, Number.NaN, created));
  const matrix = created[0]!;
  const set = (field: string, values: Float32Array | null | undefined) => {
    if (values) library.check(functions.XGDMatrixSetFloatInfo(matrix, field, values, values.length));
  };
  try {
    set("base_margin", stars.base);
    if ("label" in stars) {
      set("label", stars.label);
      set("weight", stars.weights);
    }
    return use(matrix);
  } finally {
    library.check(functions.XGDMatrixFree(matrix));
  }
}

/** Boosted trees in the library's keeping, to be freed by `free`. */
export class Booster {
  private constructor(
    private readonly library: XgboostLibrary,
    private readonly handle: Handle,
  ) {}

  /**
   * Fits one tree a round (or one a class, or several side by side) to what the base and the trees before it leave.
   *
   * @throws Error with XGBoost's own words where it refuses a parameter
   */
  static train(library: XgboostLibrary, sample: BoostSample, parameters: BoostParameters, rounds: number): Booster {
    return withMatrix(library, sample, (matrix) =>
      Booster.#create(library, [matrix], parameters, (booster) => {
        for (let round = 0; round < rounds; round++) booster.#update(round, matrix);
      }),
    );
  }

  /** As `train`, but the validation stars are scored after each round. */
  static trainFollowed(library: XgboostLibrary, sample: BoostSample, parameters: BoostParameters, rounds: number, follow: Follow): Booster {
    return withMatrix(library, sample, (matrix) =>
      withMatrix(library, follow.validation, (validation) =>
        Booster.#create(library, [matrix, validation], parameters, (booster) => {
          for (let round = 0; round < rounds; round++) {
            booster.#update(round, matrix);
            if (follow.onRound(round + 1, booster.#score(round, validation))) return;
          }
        }),
      ),
    );
  }

  static #create(library: XgboostLibrary, matrices: Handle[], parameters: BoostParameters, train: (booster: Booster) => void): Booster {
    const created: Out<Handle> = [null];
    library.check(library.functions.XGBoosterCreate(matrices, matrices.length, created));
    const booster = new Booster(library, created[0]!);
    try {
      for (const [name, value] of Object.entries({ ...FIXED, ...parameters }))
        library.check(library.functions.XGBoosterSetParam(booster.handle, name, String(value)));
      train(booster);
      return booster;
    } catch (error) {
      booster.free();
      throw error;
    }
  }

  #update(round: number, matrix: Handle): void {
    this.library.check(this.library.functions.XGBoosterUpdateOneIter(this.handle, round, matrix));
  }

  /** XGBoost tells scores as text: `[round]\tvalidation-rmse:0.5`. */
  #score(round: number, matrix: Handle): number {
    const told: Out<string> = [null];
    this.library.check(this.library.functions.XGBoosterEvalOneIter(this.handle, round, [matrix], ["validation"], 1, told));
    return Number(told[0]!.slice(told[0]!.lastIndexOf(":") + 1));
  }

  /**
   * @param rounds counts only the first so many trees; 0 counts all
   * @param outputs numbers a star: one, or one a class
   * @returns [stars, outputs] in the label's unit
   */
  predict(stars: BoostInputs, rounds = 0, outputs = 1): Float32Array {
    const config = JSON.stringify({ type: 0, training: false, iteration_begin: 0, iteration_end: rounds, strict_shape: false });
    return withMatrix(this.library, stars, (matrix) => {
      const [shape, result]: Out<Handle>[] = [[null], [null]];
      const dimensions: Out<number> = [null];
      this.library.check(this.library.functions.XGBoosterPredictFromDMatrix(this.handle, matrix, config, shape!, dimensions, result!));
      return this.library.floats(result!, rowsOf(stars) * outputs);
    });
  }

  /** @returns the trees as plain numbers */
  trees(): Tree[] {
    const length: Out<number> = [null];
    const bytes: Out<Handle> = [null];
    this.library.check(this.library.functions.XGBoosterSaveModelToBuffer(this.handle, '{"format":"json"}', length, bytes));
    return parseTrees(Buffer.from(this.library.bytes(bytes, Number(length[0]))).toString("utf8"));
  }

  free(): void {
    this.library.check(this.library.functions.XGBoosterFree(this.handle));
  }
}
