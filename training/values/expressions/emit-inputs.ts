import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { OPERATIONS } from "./operations";
import type { RawColumn } from "./raw-column";
import { type Batch, scheduleOf } from "./schedule";
import type { Term } from "./term";

const indices = (values: readonly number[]) => BigInt64Array.from(values, BigInt);

/** Infinity becomes NaN. */
function finite(graph: OnnxModel, value: Value): Value {
  return graph.add("Where", [graph.add("IsInf", [value]), graph.scalar(Number.NaN), value]);
}

/**
 * Rows [R, N] that were computed so far, a term each. Stars run along the last axis, so that a row is contiguous, and
 * one operator serves all terms of a batch: a model with 34 inputs needs some 60 operators instead of 200.
 */
class Rows {
  readonly #row = new Map<Term, number>();

  constructor(
    readonly graph: OnnxModel,
    private value: Value,
    terms: readonly Term[],
  ) {
    this.#append(terms);
  }

  #append(terms: readonly Term[]): void {
    for (const term of terms) this.#row.set(term, this.#row.size);
  }

  /** @returns [terms, N], or what broadcasts to it: [1, N], [terms, 1], [] */
  gather(terms: readonly Term[]): Value {
    const { graph } = this;
    const constants = terms.flatMap((term) => (term.kind === "constant" ? [term.value] : []));
    if (constants.length > 0)
      return new Set(constants).size === 1
        ? graph.scalar(constants[0]!)
        : graph.constant([constants.length, 1], Float32Array.from(constants));
    const rows = terms.map((term) => this.#row.get(term)!);
    return this.#gatherRows(new Set(rows).size === 1 ? rows.slice(0, 1) : rows);
  }

  /** @returns [terms, N] */
  all(terms: readonly Term[]): Value {
    return this.#gatherRows(terms.map((term) => this.#row.get(term)!));
  }

  #gatherRows(rows: readonly number[]): Value {
    if (rows.length === this.#row.size && rows.every((row, index) => row === index)) return this.value;
    return this.graph.add("Gather", [this.value, this.graph.constant([rows.length], indices(rows))], { axis: 0 });
  }

  /** Computes the batches of one step, and appends them. */
  compute(batches: readonly Batch[]): void {
    const results = batches.map(({ operation, terms }) => {
      const { emit, unbounded } = OPERATIONS[operation];
      const operands = terms[0]!.operands.map((_, place) => this.gather(terms.map(({ operands }) => operands[place]!)));
      const result = emit(this.graph, ...operands);
      return unbounded ? finite(this.graph, result) : result;
    });
    this.value = this.graph.add("Concat", [this.value, ...results], { axis: 0 });
    this.#append(batches.flatMap(({ terms }) => terms));
  }
}

/** The tensors of a study's inputs in a graph. */
export interface EmittedInputs {
  /** [N, F], NaN where missing */
  readonly inputs: Value;
  /** [C, N] the raw columns, NaN where missing or infinite */
  readonly columns: Value;
}

/**
 * Writes inputs into a graph.
 *
 * @param columns the terms of the raw columns
 * @param raw one tensor [N] for each of them
 */
export function emitInputs(
  graph: OnnxModel,
  inputs: readonly Term[],
  columns: readonly (Term & { readonly column: RawColumn })[],
  raw: readonly Value[],
): EmittedInputs {
  const joined = graph.add("Concat", raw, { axis: 0 });
  const stacked = graph.add("Reshape", [joined, graph.constant([2], indices([raw.length, -1]))]);
  const clean = finite(graph, stacked);
  const rows = new Rows(graph, clean, columns);
  for (const step of scheduleOf(inputs)) rows.compute(step);
  const gathered = finite(graph, rows.all(inputs));
  return { inputs: graph.add("Transpose", [gathered], { perm: [1, 0] }), columns: clean };
}
