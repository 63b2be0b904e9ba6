/** The part of libsvm-js that is used here; the package has no types of its own. */
declare module "libsvm-js/asm" {
  interface Options {
    readonly type: string;
    readonly kernel: string;
    readonly gamma: number;
    readonly cost: number;
    readonly epsilon: number;
    /** [MB] of kernel columns kept */
    readonly cacheSize: number;
    readonly quiet: boolean;
  }

  class SVM {
    static readonly SVM_TYPES: { readonly EPSILON_SVR: string };
    static readonly KERNEL_TYPES: { readonly RBF: string };
    constructor(options: Options);
    train(samples: readonly ArrayLike<number>[], labels: ArrayLike<number>): void;
    /** Indices of the support vectors among the samples, in the order of the serialised model. */
    getSVIndices(): number[];
    /** libsvm's own text format. */
    serializeModel(): string;
    /** Emscripten's memory is never collected. */
    free(): void;
  }

  export = SVM;
}
