import type { Handle, Out, XgboostLibrary } from "./library";
import { parseTrees, type Tree } from "./tree";

/** Stars as XGBoost takes them. */
export interface BoostInputs {
  /** [stars, columns] raw features; NaN if missing: each split has a way for those */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** [stars] the estimate that the trees add to, in the label's unit */
  readonly base: Float32Array;
}

export interface BoostSample extends BoostInputs {
  /** [stars] */
  readonly label: Float32Array;
}

/** XGBoost's own parameters by their own names (https://xgboost.readthedocs.io/en/stable/parameter.html). */
export type BoostParameters = Readonly<Record<string, string | number>>;

/** One thread, so that sums have one order and a training is repeated bit for bit on any machine. */
const FIXED: BoostParameters = { nthread: 1, verbosity: 0, tree_method: "hist", base_score: 0 };

/** @returns what `use` makes of the stars; the library's copy of them is freed */
function withMatrix<T>(library: XgboostLibrary, { inputs, columns, base }: BoostInputs, use: (matrix: Handle) => T): T {
  const { functions } = library;
  const created: Out<Handle> = [null];
  library.check(functions.XGDMatrixCreateFromMat(inputs, base.length, columns, Number.NaN, created));
  const matrix = created[0]!;
  try {
    library.check(functions.XGDMatrixSetFloatInfo(matrix, "base_margin", base, base.length));
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
   * Fits one tree a round to what the base and the trees before it leave.
   *
   * @throws Error with XGBoost's own words where it refuses a parameter
   */
  static train(library: XgboostLibrary, sample: BoostSample, parameters: BoostParameters, rounds: number): Booster {
    const { functions } = library;
    return withMatrix(library, sample, (matrix) => {
      library.check(functions.XGDMatrixSetFloatInfo(matrix, "label", sample.label, sample.label.length));
      const created: Out<Handle> = [null];
      library.check(functions.XGBoosterCreate([matrix], 1, created));
      const booster = new Booster(library, created[0]!);
      try {
        for (const [name, value] of Object.entries({ ...FIXED, ...parameters }))
          library.check(functions.XGBoosterSetParam(booster.handle, name, String(value)));
        for (let round = 0; round < rounds; round++) library.check(functions.XGBoosterUpdateOneIter(booster.handle, round, matrix));
        return booster;
      } catch (error) {
        booster.free();
        throw error;
      }
    });
  }

  /**
   * @param rounds counts only the first so many trees; 0 counts all
   * @returns [stars] in the label's unit
   */
  predict(stars: BoostInputs, rounds = 0): Float32Array {
    const config = JSON.stringify({ type: 0, training: false, iteration_begin: 0, iteration_end: rounds, strict_shape: false });
    return withMatrix(this.library, stars, (matrix) => {
      const [shape, result]: Out<Handle>[] = [[null], [null]];
      const dimensions: Out<number> = [null];
      this.library.check(this.library.functions.XGBoosterPredictFromDMatrix(this.handle, matrix, config, shape!, dimensions, result!));
      return this.library.floats(result!, stars.base.length);
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
