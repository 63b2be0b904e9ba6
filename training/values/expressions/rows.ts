import { BOOL, FLOAT32, type OnnxModel, type Value } from "../../onnx/onnx-model";
import { Bounds } from "./bounds";
import { linearFormOf } from "./linear-form";
import { OPERATIONS } from "./operations";
import type { Batch } from "./schedule";
import type { Term } from "./term";

export const indices = (values: readonly number[]): BigInt64Array => BigInt64Array.from(values, BigInt);

/**
 * Rows [R, N] that were computed so far, a term each. Stars run along the last axis, so that a row is contiguous, and
 * one operator serves many terms: the 36 inputs of RAVE and APOGEE need 45 operators.
 */
export class Rows {
  readonly #row = new Map<Term, number>();
  readonly #bounds = new Bounds();

  constructor(
    readonly graph: OnnxModel,
    private value: Value,
    terms: readonly Term[],
  ) {
    this.#note(terms);
  }

  /** @returns [terms, N] */
  all(terms: readonly Term[]): Value {
    return this.#gatherRows(terms.map((term) => this.#row.get(term)!));
  }

  /**
   * Adds all sums by one product with a matrix of weights. A missing value would spoil every sum of the product, even with
   * the weight 0, so missing values count 0 there, and a second product says which sums miss something.
   */
  addSums(sums: readonly Term[]): void {
    const { graph } = this;
    const isMissing = graph.add("IsNaN", [this.value]);
    const filled = graph.add("Where", [isMissing, graph.scalar(0), this.value]);
    const product = graph.add("MatMul", [this.#matrix(sums, (weight) => weight), filled]);
    const offsets = Float32Array.from(sums, (term) => linearFormOf(term).offset);
    const shifted = offsets.some((offset) => offset !== 0)
      ? graph.add("Add", [product, graph.constant([sums.length, 1], offsets)])
      : product;
    const lacking = graph.add("MatMul", [this.#matrix(sums, () => 1), graph.add("Cast", [isMissing], { to: FLOAT32 })]);
    const result = graph.add("Where", [graph.add("Cast", [lacking], { to: BOOL }), graph.scalar(Number.NaN), shifted]);
    this.#append([this.#finite(result, sums)], sums);
  }

  addBatches(batches: readonly Batch[]): void {
    const results = batches.map(({ operation, terms }) => {
      const operands = terms[0]!.operands.map((_, place) => this.#gather(terms.map(({ operands }) => operands[place]!)));
      return this.#finite(OPERATIONS[operation].emit(this.graph, ...operands), terms);
    });
    this.#append(
      results,
      batches.flatMap(({ terms }) => terms),
    );
  }

  /** Infinity becomes NaN, where there may be any. */
  #finite(value: Value, terms: readonly Term[]): Value {
    const { graph } = this;
    if (!terms.some((term) => this.#bounds.overflows(term))) return value;
    return graph.add("Where", [graph.add("IsInf", [value]), graph.scalar(Number.NaN), value]);
  }

  /** [sums, R] something of each sum's weights, 0 where it does not need a row. */
  #matrix(sums: readonly Term[], of: (weight: number) => number): Value {
    const width = this.#row.size;
    const matrix = new Float32Array(sums.length * width);
    sums.forEach((term, sum) => {
      for (const [one, weight] of linearFormOf(term).weights) matrix[sum * width + this.#row.get(one)!] = of(weight);
    });
    return this.graph.constant([sums.length, width], matrix);
  }

  /** @returns [terms, N], or what broadcasts to it: [1, N], [terms, 1], [] */
  #gather(terms: readonly Term[]): Value {
    const { graph } = this;
    const constants = terms.flatMap((term) => (term.kind === "constant" ? [term.value] : []));
    const rows = terms.map((term) => this.#row.get(term)!);
    if (constants.length === 0) return this.#gatherRows(new Set(rows).size === 1 ? rows.slice(0, 1) : rows);
    if (new Set(constants).size === 1) return graph.scalar(constants[0]!);
    return graph.constant([constants.length, 1], Float32Array.from(constants));
  }

  #gatherRows(rows: readonly number[]): Value {
    if (rows.length === this.#row.size && rows.every((row, index) => row === index)) return this.value;
    return this.graph.add("Gather", [this.value, this.graph.constant([rows.length], indices(rows))], { axis: 0 });
  }

  #append(values: readonly Value[], terms: readonly Term[]): void {
    this.value = this.graph.add("Concat", [this.value, ...values], { axis: 0 });
    this.#note(terms);
  }

  #note(terms: readonly Term[]): void {
    for (const term of terms) this.#row.set(term, this.#row.size);
  }
}
