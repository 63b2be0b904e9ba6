import { probabilitiesTensor, vectorTensor } from "../../src/models/inference/answered-tensors";
import type { GraphInputs } from "../fit/family";
import { describeOutputs, type OutputShape } from "../onnx/described-output";
import { BOOL, FLOAT32, OnnxModel, type Value } from "../onnx/onnx-model";
import { type Normalisation, prepareInputs } from "../onnx/prepare";
import type { CompiledInputs } from "./expressions/compiled-inputs";

/** What inputs looked like in training. */
export interface InputScales {
  readonly normalisation: Normalisation;
  /** [F] range of each input in training */
  readonly limits: readonly (readonly [min: number, max: number])[];
}

/**
 * The graph that every model on stellar values has, whatever its family: raw columns by name, float32 [N] each with NaN
 * where missing, to what the model says, the inputs themselves, and which of them lie outside the range of training. A
 * star of which no input is known gets NaN: what the model would say of it is no measurement.
 */
export class ValuesArtifact {
  readonly graph: OnnxModel;
  readonly inputs: GraphInputs;
  /** [N, C] 1 where a raw column is missing, else 0 */
  readonly conditions: Value;
  readonly #outputs: OutputShape[] = [];
  readonly #values: Value[] = [];
  readonly #errors: Value[] = [];
  /** [N, 1] */
  readonly #nothingKnown: Value;

  constructor(
    name: string,
    readonly compiled: CompiledInputs,
    { normalisation, limits }: InputScales,
  ) {
    const graph = new OnnxModel(name);
    const { inputs: raw, columns } = compiled.emit(graph);
    this.graph = graph;
    this.inputs = { raw, prepared: prepareInputs(graph, raw, normalisation) };
    const missing = graph.add("Cast", [graph.add("IsNaN", [columns])], { to: FLOAT32 });
    this.conditions = graph.add("Transpose", [missing], { perm: [1, 0] });
    this.#nothingKnown = this.#allMissing();
    graph.output("inputs", raw, ["N", compiled.inputs.length]);
    graph.output("outside", this.#outside(limits), ["N", compiled.inputs.length]);
  }

  /** @param value [N, 1] in the unit; @param error [N, 1] one standard deviation, in the unit */
  quantity(name: string, unit: string, value: Value, error: Value): void {
    this.#outputs.push({ kind: "quantity", name, unit });
    this.#values.push(value);
    this.#errors.push(error);
  }

  /** @param probabilities [N, classes] that add up to one */
  classes(name: string, classes: readonly string[], probabilities: Value): void {
    this.#outputs.push({ kind: "classes", name, classes });
    this.graph.output(probabilitiesTensor(name), this.#whereKnown(probabilities), ["N", classes.length]);
  }

  /** @param vector [N, length] */
  vector(name: string, length: number, vector: Value): void {
    this.#outputs.push({ kind: "vector", name, length });
    this.graph.output(vectorTensor(name), this.#whereKnown(vector), ["N", length]);
  }

  /** @param metadata further texts that go with the model: `study`, `licence`, `citation` */
  finish(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    const { graph, compiled } = this;
    if (this.#values.length > 0) {
      graph.output("value", this.#whereKnown(graph.add("Concat", this.#values, { axis: 1 })), ["N", this.#values.length]);
      graph.output("error", this.#whereKnown(graph.add("Concat", this.#errors, { axis: 1 })), ["N", this.#errors.length]);
    }
    const columns = compiled.columns.map(({ name, unit, description, aliases }) => ({ name, unit, description, aliases }));
    const inputs = compiled.inputs.map(({ name, unit, description, expression }) => ({ name, unit, description, expression }));
    const described = { columns, inputs, outputs: describeOutputs(this.#outputs) };
    for (const [key, value] of Object.entries(described)) graph.metadata(key, JSON.stringify(value));
    for (const [key, value] of Object.entries(metadata)) graph.metadata(key, value);
    return graph.finish();
  }

  /** [N, 1] whether every input that can be missing is; where none can be, whether every raw column is. */
  #allMissing(): Value {
    const { graph, compiled, inputs } = this;
    const able = compiled.inputs.flatMap(({ canBeMissing }, index) => (canBeMissing ? [index] : []));
    const flags = () => graph.add("Cast", [graph.add("IsNaN", [inputs.raw])], { to: FLOAT32 });
    const chosen = () => graph.add("Gather", [flags(), graph.constant([able.length], BigInt64Array.from(able, BigInt))], { axis: 1 });
    const missing = able.length === 0 ? this.conditions : able.length === compiled.inputs.length ? flags() : chosen();
    return graph.add("Cast", [graph.add("ReduceMin", [missing], { axes: [1], keepdims: 1 })], { to: BOOL });
  }

  #whereKnown(value: Value): Value {
    return this.graph.add("Where", [this.#nothingKnown, this.graph.scalar(Number.NaN), value]);
  }

  /** [N, F] A missing input lies nowhere. */
  #outside(limits: InputScales["limits"]): Value {
    const { graph, inputs } = this;
    const bound = (side: 0 | 1) =>
      graph.constant(
        [limits.length],
        Float32Array.from(limits, (range) => range[side]),
      );
    const below = graph.add("Less", [inputs.raw, bound(0)]);
    const above = graph.add("Greater", [inputs.raw, bound(1)]);
    return graph.add("Cast", [graph.add("Or", [below, above])], { to: FLOAT32 });
  }
}
