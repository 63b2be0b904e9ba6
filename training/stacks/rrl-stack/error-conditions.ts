import { rrlShapeFeatures } from "../../../src/features/light-curve/rrl-shape";
import { normalisationOf, normalise, REACH } from "../../fit/normalise";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { type Normalisation, prepareInputs } from "../../onnx/prepare";

/** What says how well a light curve was observed: the stated error may depend on it. */
export const CONDITIONS = ["scatter", "A1_error", "phi31_error"] as const;

const COLUMNS = CONDITIONS.map((name) => rrlShapeFeatures.inputs.findIndex((input) => input.name === name));
/** [mag, rad] Smaller errors than this are as good as none; and none at all has no logarithm. */
const LEAST = 1e-4;

/** How the logarithms of the conditions are brought to order one, and they themselves. */
export interface ErrorConditions {
  readonly normalisation: Normalisation;
  /** [stars, CONDITIONS] 0 where missing */
  readonly values: Float32Array;
}

const withoutFlags = (prepared: Float32Array): Float32Array => prepared.filter((_, at) => at % (2 * COLUMNS.length) < COLUMNS.length);

/** @param shape [stars, columns] inputs of `rrl-shape` */
export function conditionsOf(shape: Float32Array): ErrorConditions {
  const width = rrlShapeFeatures.inputs.length;
  const [stars, count] = [shape.length / width, COLUMNS.length];
  const logs = Float32Array.from({ length: stars * count }, (_, at) =>
    Math.log(Math.fround(shape[Math.floor(at / count) * width + COLUMNS[at % count]!]! + LEAST)),
  );
  const normalisation = normalisationOf(
    logs,
    count,
    Int32Array.from({ length: stars }, (_, star) => star),
    REACH,
  );
  return { normalisation, values: withoutFlags(normalise(logs, normalisation)) };
}

/** @param shape [N, columns] inputs of `rrl-shape` @returns [N, CONDITIONS] */
export function emitConditions(graph: OnnxModel, shape: Value, normalisation: Normalisation): Value {
  const integers = (...values: number[]) => graph.constant([values.length], BigInt64Array.from(values, BigInt));
  const chosen = graph.add("Gather", [shape, integers(...COLUMNS)], { axis: 1 });
  const logs = graph.add("Log", [graph.add("Add", [chosen, graph.scalar(LEAST)])]);
  const prepared = prepareInputs(graph, logs, normalisation);
  return graph.add("Slice", [prepared, integers(0), integers(COLUMNS.length), integers(1)]);
}
