import type { Cut } from "../../../src/catalogue/labels/label-cuts";
import type { Database } from "../../../src/database/database";
import { quantile } from "../../../src/science/statistics";
import { column } from "../../fit/normalise";
import type { Study } from "./study";
import { readStudySample, type StudyData } from "./study-sample";

/** What one input is like over the stars that a study would learn from. */
export interface InputSummary {
  readonly name: string;
  readonly unit: string;
  readonly missing: number;
  /** NaN where no star has it */
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** What a label is like over the stars. */
export interface TargetSummary extends InputSummary {
  readonly stars: number;
}

export interface ClassSummary {
  readonly name: string;
  /** stars by class */
  readonly classes: Readonly<Record<string, number>>;
  readonly missing: number;
}

/** What a study would take, found without training. */
export interface StudyCheck {
  readonly source: string;
  readonly synthetic: boolean;
  readonly rows: number;
  readonly stars: number;
  readonly cuts: readonly Cut[];
  readonly labels: readonly TargetSummary[];
  readonly classes: readonly ClassSummary[];
  readonly inputs: readonly InputSummary[];
  /** raw columns that the model will take */
  readonly columns: readonly { readonly name: string; readonly unit: string; readonly missing: number }[];
}

function summarise(name: string, unit: string, known: Float64Array, rows: number): InputSummary {
  const at = (fraction: number) => (known.length === 0 ? Number.NaN : quantile(known, fraction));
  return { name, unit, missing: rows - known.length, min: at(0), median: at(0.5), max: at(1) };
}

/** @throws AppError as reading the sample does: a study that passes can be trained */
export async function checkStudy(database: Database, study: Study, data: StudyData): Promise<StudyCheck> {
  const { sample, compiled, inputs } = await readStudySample(database, study, data);
  const rows = Int32Array.from(sample.ids.keys());
  const width = compiled.inputs.length;
  return {
    source: sample.source,
    synthetic: sample.synthetic,
    rows: rows.length,
    stars: new Set(sample.starKeys).size,
    cuts: sample.cuts,
    labels: sample.quantities.map(({ name, unit, values }) => {
      const known = values.filter((value) => !Number.isNaN(value));
      return { ...summarise(name, unit, known, rows.length), stars: known.length };
    }),
    classes: sample.classes.map(({ name, classes, values }) => ({
      name,
      classes: Object.fromEntries(classes.map((word, index) => [word, values.filter((value) => value === index).length])),
      missing: values.filter((value) => value < 0).length,
    })),
    inputs: compiled.inputs.map(({ name, unit }, index) => summarise(name, unit, column(inputs, width, index, rows), rows.length)),
    columns: sample.columns.map(({ name, unit }, index) => ({
      ...{ name, unit },
      missing: rows.length - column(sample.raw, sample.columns.length, index, rows).length,
    })),
  };
}
