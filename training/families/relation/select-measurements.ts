import { median } from "../../../src/science/statistics";
import type { Measurements } from "./population";
import type { Labelled } from "./regression";
import type { RelationSample } from "./relation-sample";

/** Where a relation's quantities and their errors stand among the inputs. */
export interface QuantityPlaces {
  readonly names: readonly string[];
  readonly quantityAt: readonly number[];
  /** -1 of a quantity that is known exactly */
  readonly errorAt: readonly number[];
}

/** @param names of quantities @returns their places, and those of `<name>_error` */
export function placesOf({ featureSet }: Pick<RelationSample, "featureSet">, names: readonly string[]): QuantityPlaces {
  const place = (name: string) => featureSet.inputs.findIndex((input) => input.name === name);
  return { names, quantityAt: names.map(place), errorAt: names.map((name) => place(`${name}_error`)) };
}

/** @returns the quantities that terms are made of, each once, in the inputs' order */
export function quantitiesOf({ featureSet }: Pick<RelationSample, "featureSet">, terms: readonly string[]): string[] {
  const wanted = new Set(terms.flatMap((term) => term.split("*")));
  return featureSet.inputs.map(({ name }) => name).filter((name) => wanted.has(name));
}

/** [inputs] medians: an error that is missing is taken for a typical one. */
export function typicalInputs({ inputs, featureSet, ids }: RelationSample): Float64Array {
  const width = featureSet.inputs.length;
  return Float64Array.from(featureSet.inputs, (_, at) => {
    const known = Float64Array.from(ids, (_, star) => inputs[star * width + at]!).filter((value) => !Number.isNaN(value));
    return known.length > 0 ? median(known) : 0;
  });
}

/** @returns the named quantities of some stars, and their errors */
export function measurementsOf(sample: RelationSample, { quantityAt, errorAt }: QuantityPlaces, rows: Int32Array): Measurements {
  const { inputs, featureSet } = sample;
  const typical = typicalInputs(sample);
  const width = featureSet.inputs.length;
  const quantities = quantityAt.length;
  const observed = new Float64Array(rows.length * quantities);
  const error = new Float64Array(rows.length * quantities);
  rows.forEach((row, star) => {
    for (let quantity = 0; quantity < quantities; quantity++) {
      observed[star * quantities + quantity] = inputs[row * width + quantityAt[quantity]!]!;
      if (errorAt[quantity]! < 0) continue;
      const stated = inputs[row * width + errorAt[quantity]!]!;
      error[star * quantities + quantity] = Number.isNaN(stated) ? typical[errorAt[quantity]!]! : stated;
    }
  });
  return { stars: rows.length, quantities, observed, error };
}

/** The same with the stars' [Fe/H]. */
export function labelledOf(sample: RelationSample, places: QuantityPlaces, rows: Int32Array): Labelled {
  return {
    ...measurementsOf(sample, places, rows),
    label: Float64Array.from(rows, (row) => sample.feh[row]!),
    labelError: Float64Array.from(rows, (row) => sample.fehError[row]!),
  };
}
