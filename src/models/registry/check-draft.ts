import { AppError } from "../../errors";
import type { ManifestDraft } from "./manifest";
import type { Output } from "./output";

/** Used in COPY, in names of tensors and as a field's name, so it contains nothing that needs escaping. */
const OUTPUT_NAME = /^[A-Za-z][A-Za-z0-9]{0,31}$/;
/** Shown to people and used in filters: printable, and not too long for either. */
const CLASS_NAME = /^[^\p{Cc}]{1,64}$/u;

type Fault = readonly [holds: boolean, fault: string];

const isFiniteRange = ([min, max]: readonly [number, number]) => Number.isFinite(min) && Number.isFinite(max) && min <= max;
const areDifferent = (names: readonly string[]) => new Set(names).size === names.length;
const isAbsentOrPositive = (value: number | undefined) => value === undefined || value > 0;

function outputFaults(output: Output): Fault[] {
  switch (output.kind) {
    case "quantity":
      return [
        [isFiniteRange(output.limits), `the limits of ${output.name} are not a finite range`],
        [isAbsentOrPositive(output.largestError), `the largest error of ${output.name} is ${output.largestError}`],
      ];
    case "classes":
      return [
        [output.classes.length > 1 && areDifferent(output.classes), `${output.name} has not two or more different classes`],
        [output.classes.every((name) => CLASS_NAME.test(name)), `a class of ${output.name} is not 1 to 64 printable characters`],
      ];
    case "vector":
      return [[Number.isInteger(output.length) && output.length > 0, `the length of ${output.name} is ${output.length}`]];
  }
}

function inputFaults({ featureSet, limits, normalisation, shape, columns, farthest }: ManifestDraft): Fault[] {
  const inputs = featureSet.inputs.length;
  const { mean, scale } = normalisation ?? { mean: new Array(inputs).fill(0), scale: new Array(inputs).fill(1) };
  const names = columns?.map(({ name }) => name) ?? ["inputs"];
  return [
    [inputs > 0, "it has no inputs"],
    [mean.length === inputs && scale.length === inputs, `its normalisation is not one mean and one scale for each of ${inputs} inputs`],
    [[...mean, ...scale].every(Number.isFinite), "its normalisation holds a number that is not finite"],
    [limits.length === inputs && limits.every(isFiniteRange), `its limits are not one finite range for each of ${inputs} inputs`],
    [shape?.limits.every(isFiniteRange) ?? true, "its limits of shapes are not finite ranges"],
    [
      names.length > 0 && areDifferent(names) && !names.includes(""),
      `its columns are not one or more different names: ${names.join(", ")}`,
    ],
    // An artifact whose one input is called `inputs` takes all inputs in one tensor.
    [columns === undefined || !names.includes("inputs"), "a column is called 'inputs'"],
    [isAbsentOrPositive(farthest), `stars are refused beyond ${farthest} of an input's range`],
  ];
}

/**
 * Checks what serving relies on: JSON turns NaN into null, and a limit lost that way would never flag anything.
 *
 * @throws AppError BAD_INPUT with the first fault
 */
export function checkDraft(draft: ManifestDraft): void {
  const { outputs, metric, modality } = draft;
  const names = outputs.map(({ name }) => name);
  const faults: Fault[] = [
    ...inputFaults(draft),
    [names.every((name) => OUTPUT_NAME.test(name)), `an output's name is up to 32 letters and digits, not '${names.join("', '")}'`],
    [names.length > 0 && areDifferent(names), `its outputs are not one or more different names: ${names.join(", ")}`],
    ...outputs.flatMap(outputFaults),
    [Number.isFinite(metric.value), `its ${metric.name} is ${metric.value}`],
    [modality !== "", "its modality is not named"],
  ];
  const fault = faults.find(([holds]) => !holds);
  if (fault) throw new AppError("BAD_INPUT", `The manifest of a new version of '${draft.model}' cannot be registered: ${fault[1]}.`);
}
