import type { Origin } from "../../src/catalogue/bulk/about";
import { PREDICTION_FLAG_MEANINGS } from "../../src/catalogue/prediction-flags";
import { REFUSALS, UNPREDICTED_REASONS } from "../../src/catalogue/refusals";
import type { OutputColumn, TableHead } from "../../src/formats/output-table";
import type { Manifest } from "../../src/models/registry/manifest";
import { classesOf, quantitiesOf, vectorsOf } from "../../src/models/registry/output";
import type { ModelVersion } from "../../src/models/registry/registry";
import { declaredLabel } from "../../src/science/labels";

const described = (
  name: string,
  type: OutputColumn["type"],
  description: string,
  unit: string | null = null,
  ucd: string | null = null,
): OutputColumn => ({ name, type, unit, ucd, description });

const meanings = (all: Readonly<Record<string, string>>) =>
  Object.entries(all)
    .map(([name, meaning]) => `${name} (${meaning})`)
    .join(", ");

/** As files spell them. */
const UNPREDICTED = Object.fromEntries(
  Object.entries(UNPREDICTED_REASONS).map(([reason, meaning]) => [reason.toUpperCase().replace("-", "_"), meaning]),
);

/** Columns beside the model's own. */
const BESIDE: readonly OutputColumn[] = [
  described(
    "flags",
    "string",
    `what to doubt, or why there is no answer, between bars: ${meanings(PREDICTION_FLAG_MEANINGS)}; no answer: ${meanings({ ...UNPREDICTED, ...REFUSALS })}`,
    null,
    "meta.code.qual",
  ),
  described("inputs_missing", "string", "inputs that were missing, between bars"),
  described("inputs_outside_limits", "string", "inputs outside the limits of the training stars, between bars"),
  described("labels_extrapolated", "string", "labels outside those of the training stars, between bars"),
  described("period_d", "float64", "pulsation period, given or found", "d", "time.period"),
  described("n_points", "int32", "points of the light curve that were used", null, "meta.number"),
  described("phase_coverage", "float32", "part of the cycle outside the largest gap between points"),
  described("model", "string", "name of the model"),
  described("version", "int32", "the model's version"),
  described("distance_modulus", "float32", "distance modulus, from the period, the magnitude and [Fe/H]", "mag", "phot.mag.distMod"),
  described("distance_modulus_error", "float32", "standard error of distance_modulus", "mag", "stat.error;phot.mag.distMod"),
  described("distance_pc", "float32", "distance", "pc", "pos.distance"),
  described("distance_pc_error", "float32", "standard error of distance_pc", "pc", "stat.error;pos.distance"),
];

/** Columns of what a version says, by the names of `answerCells`. */
function ofOutputs(manifest: Manifest, version: string): OutputColumn[] {
  const quantities = quantitiesOf(manifest).flatMap(({ name, column, unit }) => {
    const { ucd = null, description = name } = declaredLabel(name) ?? {};
    return [
      described(column, "float32", `${description}, by ${version}`, unit, ucd),
      described(`${column}_error`, "float32", `one standard error of ${column}`, unit, ucd && `stat.error;${ucd}`),
    ];
  });
  const classes = classesOf(manifest).flatMap(({ name, column, classes: all }) => [
    described(column, "string", `most probable class of ${name}, by ${version}`, null, "meta.code.class"),
    described(`${column}_probability`, "float32", "probability of that class", null, "stat.probability"),
    ...all.map((one) => described(`${column}_probability_${one}`, "float32", `probability of ${one}`, null, "stat.probability")),
  ]);
  const vectors = vectorsOf(manifest).flatMap(({ name, length }) =>
    Array.from({ length }, (_, index) =>
      described(`${name}_${index + 1}`, "float32", `number ${index + 1} of ${length} of the vector ${name}, by ${version}`),
    ),
  );
  return [...quantities, ...classes, ...vectors];
}

/** What a file of predictions says of itself. @param names of its columns */
export function predictionHead({ model, version, manifest }: ModelVersion, names: readonly string[], origin: Origin): TableHead {
  const called = `${model}@${version}`;
  const known = new Map([...BESIDE, ...ofOutputs(manifest, called)].map((one) => [one.name, one]));
  const { source, sha256, synthetic } = manifest.data;
  const notes = {
    request_date: origin.date,
    server_software: origin.software,
    model: called,
    model_training: `${called}: ${manifest.createdAt.slice(0, 10)} on ${source}${synthetic ? ", a synthetic sky" : ""}; data sha256 ${sha256}`,
  };
  return {
    columns: names.map((name) => known.get(name) ?? described(name, "string", "as in the input", null, "meta.id;meta.main")),
    about: {
      description: `what ${called} predicts for the stars of a file`,
      notes: Object.entries(notes).map(([name, value]) => ({ name, value })),
    },
  };
}
