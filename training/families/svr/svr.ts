// The asm.js build: the WebAssembly one tries `fetch` on a file path and complains on standard error each time.
import SVM from "libsvm-js/asm";
import type { SvrWeights } from "./export-svr";

/** Version of each library, by package name, as a manifest keeps them. */
export const SVR_LIBRARY: Readonly<Record<string, string>> = {
  "libsvm-js": (require("libsvm-js/package.json") as { version: string }).version,
};

export interface SvrSettings {
  /** of the kernel exp(-gamma |x - s|^2) */
  readonly gamma: number;
  /** what an error beyond the tube costs: large follows the training stars closely */
  readonly cost: number;
  /** half width of the tube within which an error costs nothing, in units of the label's scatter */
  readonly epsilon: number;
}

/** Inputs of order one of some stars, row by row, and one label of order one. */
export interface SvrSample {
  /** [stars, columns]; no NaN */
  readonly inputs: Float64Array;
  readonly columns: number;
  /** [stars] */
  readonly label: Float64Array;
}

const rowsOf = ({ inputs, columns, label }: SvrSample): Float64Array[] =>
  Array.from(label, (_, star) => inputs.subarray(star * columns, (star + 1) * columns));

/** libsvm's text: a header of `name value` lines, `SV`, then `coefficient index:value ...`, one line a support vector. */
function parseModel(text: string): { bias: number; coefficients: Float64Array } {
  const [header, body] = text.split(/^SV\s*$/m);
  const rho = Number(/^rho (\S+)/m.exec(header!)?.[1]);
  const coefficients = body!
    .trim()
    .split("\n")
    .map((line) => Number.parseFloat(line));
  return { bias: -rho, coefficients: Float64Array.from(coefficients) };
}

/**
 * Fits an epsilon-SVR with a radial kernel (Chang & Lin 2011, libsvm 3.22). Time and memory grow with the square of
 * the stars and more: 1,000 stars take about a second, 2,500 up to ten.
 */
export function fitSvr(sample: SvrSample, { gamma, cost, epsilon }: SvrSettings): SvrWeights {
  const rows = rowsOf(sample);
  const type = SVM.SVM_TYPES.EPSILON_SVR;
  const svm = new SVM({ type, kernel: SVM.KERNEL_TYPES.RBF, gamma, cost, epsilon, cacheSize: 200, quiet: true });
  try {
    svm.train(rows, sample.label);
    const { bias, coefficients } = parseModel(svm.serializeModel());
    // The text rounds support vectors to 8 digits: the sample's own numbers are taken.
    const supportVectors = Float64Array.from(svm.getSVIndices().flatMap((star) => Array.from(rows[star]!)));
    return { gamma, supportVectors, coefficients, bias };
  } finally {
    svm.free();
  }
}

function kernelSum({ gamma, supportVectors, coefficients, bias }: SvrWeights, x: Float64Array): number {
  let sum = bias;
  for (let s = 0; s < coefficients.length; s++) {
    let distance = 0;
    for (let i = 0; i < x.length; i++) distance += (x[i]! - supportVectors[s * x.length + i]!) ** 2;
    sum += coefficients[s]! * Math.exp(-gamma * distance);
  }
  return sum;
}

/** @returns [stars] of order one */
export function predictSvr(weights: SvrWeights, { inputs, columns }: Pick<SvrSample, "inputs" | "columns">): Float64Array {
  return Float64Array.from({ length: inputs.length / columns }, (_, star) =>
    kernelSum(weights, inputs.subarray(star * columns, (star + 1) * columns)),
  );
}
