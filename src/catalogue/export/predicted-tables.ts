import { column } from "../bulk/columns";
import { literal, nameLiteral, type SelectedColumn, textLiteral } from "../bulk/select";
import { withDistinctNames } from "../lookup/choose-columns";
import { FLAG_BITS, flagNamesColumn } from "../predicted/flag-columns";
import { classesGroup, isPredicted, labelsGroup, probabilitiesGroup, vectorsGroup, withColumns } from "../predicted/predicted-columns";
import type { PredictingVersion } from "../predicted/predicting-version";
import type { Release } from "../release";
import type { ExportTable } from "./tables";

const said = ({ model, version }: PredictingVersion): SelectedColumn[] => [
  column("model", textLiteral(model), "string", "name of the model"),
  column("version", literal(version), "int32", "the model's version"),
];

/** Labels and classes as rows of one shape. */
const PREDICTIONS = `(SELECT model_version_id, release, source_id, label, value, uncertainty, NULL::text AS class, NULL::real AS probability, flags
    FROM predicted_label
  UNION ALL SELECT model_version_id, release, source_id, output, NULL, NULL, class, probability, flags FROM predicted_class) d`;

/** A row a star and output: what a version says of it, in the unit that the row names. */
export function predictionsTable(key: readonly SelectedColumn[], version: PredictingVersion): ExportTable {
  const units = version.labels.map(({ name, unit }) => `WHEN ${nameLiteral(name)} THEN ${textLiteral(unit)}`);
  const unit = units.length > 0 ? `CASE d.label ${units.join(" ")} END` : "NULL::text";
  return {
    columns: [
      ...key,
      column("model", "m.model_name", "string", "name of the model"),
      column("version", "m.version", "int32", "the model's version"),
      column("label", "d.label", "string", "which of the model's labels or classifications"),
      column("unit", unit, "string", "unit of value and uncertainty; null for a class"),
      column("value", "d.value", "float32", "predicted value, in the row's unit; null for a class"),
      column("uncertainty", "d.uncertainty", "float32", "one standard deviation, in the row's unit; null for a class"),
      column("class", "d.class", "string", "the most probable class; null for a label", null, "meta.code.class"),
      column("probability", "d.probability", "float32", "of that class; null for a label", null, "stat.probability"),
      column("flags", "d.flags", "int32", `bits that warn of the prediction: ${FLAG_BITS}`, null, "meta.code.qual"),
      flagNamesColumn("d.flags"),
    ],
    rows: { from: `${PREDICTIONS} JOIN model_version m ON m.id = d.model_version_id`, where: "true", order: "d.label" },
    by: "model",
  };
}

/** A row a star: everything that a version says of it, each output in columns of its own. */
export function predictedStarsTable(
  key: readonly SelectedColumn[],
  version: PredictingVersion,
  release: Release,
  probabilities: boolean,
): ExportTable {
  const given = { version, release, star: "s.source_id", prefix: "" };
  const asked = probabilities ? [probabilitiesGroup(given)] : [];
  const columns = [...key, ...said(version)];
  const groups = withDistinctNames(
    withColumns([labelsGroup(given), classesGroup(given), ...asked, vectorsGroup(given)]),
    columns.map(({ name }) => name),
  );
  return {
    columns: [...columns, ...groups.flatMap(({ columns }) => columns)],
    rows: null,
    beside: { has: isPredicted(given, "planned"), joins: groups.map(({ join }) => join).join(" ") },
    chunkStars: 2_000,
    by: "model",
  };
}
