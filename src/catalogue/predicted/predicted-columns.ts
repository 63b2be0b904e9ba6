import { MOST_COMPONENTS } from "../../formats/output-table";
import { declaredLabel } from "../../science/labels";
import { column } from "../bulk/columns";
import { literal, nameLiteral, type SelectedColumn } from "../bulk/select";
import type { ColumnGroup } from "../lookup/groups";
import type { Release } from "../release";
import { FLAG_BITS } from "./flag-columns";
import type { PredictionLookUp } from "./predicted-filter";
import type { PredictedTable } from "./predicted-tables";
import { calledVersion, type PredictingVersion } from "./predicting-version";

/** Whose stored predictions are read, and what their columns begin with. */
export interface PredictedColumns {
  readonly version: PredictingVersion;
  readonly release: Release;
  /** SQL of the star's source_id, as i.source_id */
  readonly star: string;
  /** of the columns' names */
  readonly prefix: string;
}

/** A column and the expression that picks it among a star's rows of one table. */
interface Picked {
  readonly column: SelectedColumn;
  readonly sql: string;
}

type Describe = (
  suffix: string,
  type: SelectedColumn["type"],
  stored: string,
  description: string,
  unit?: string | null,
  ucd?: string | null,
) => Picked;

/** @returns what makes the columns of one output: a row an output, which max() picks */
function ofOutput({ prefix, version }: PredictedColumns, name: string, key: "label" | "output"): Describe {
  return (suffix, type, stored, description, unit = null, ucd = null) => ({
    sql: `(max(${stored}) FILTER (WHERE d.${key} = ${nameLiteral(name)}))`,
    column: column(`${prefix}${name}${suffix}`, "", type, `${description} by ${calledVersion(version)}`, unit, ucd),
  });
}

/** The columns that come from one table, by one look-up a star. */
function group({ version, release, star }: PredictedColumns, table: PredictedTable, alias: string, picked: readonly Picked[]): ColumnGroup {
  const picks = picked.map(({ sql }, index) => `${sql} AS c${index}`);
  const where = `d.model_version_id = ${literal(version.id)} AND d.release = ${literal(release)} AND d.source_id = ${star}`;
  return {
    columns: picked.map((one, index) => ({ ...one.column, sql: `${alias}.c${index}` })),
    join: `LEFT JOIN LATERAL (SELECT ${picks.join(", ")} FROM ${table} d WHERE ${where}) ${alias} ON true`,
  };
}

const flags = (describe: Describe, name: string) =>
  describe("_flags", "int32", "d.flags", `bits that warn of ${name} (${FLAG_BITS})`, null, "meta.code.qual");

/** Value, standard deviation and flags of each label. */
export function labelsGroup(given: PredictedColumns): ColumnGroup {
  const picked = given.version.labels.flatMap(({ name, unit }) => {
    const describe = ofOutput(given, name, "label");
    const ucd = declaredLabel(name)?.ucd ?? null;
    return [
      describe("", "float32", "d.value", name, unit, ucd),
      describe("_uncertainty", "float32", "d.uncertainty", `one standard deviation of ${name}`, unit, ucd && `stat.error;${ucd}`),
      flags(describe, name),
    ];
  });
  return group(given, "predicted_label", `p${given.version.id}`, picked);
}

/** The most probable class of each classification, its probability, and flags. */
export function classesGroup(given: PredictedColumns): ColumnGroup {
  const picked = given.version.classes.flatMap(({ name }) => {
    const describe = ofOutput(given, name, "output");
    return [
      describe("", "string", "d.class", `most probable class of ${name}`, null, "meta.code.class"),
      describe("_probability", "float32", "d.probability", `probability of that class of ${name}`, null, "stat.probability"),
      flags(describe, name),
    ];
  });
  return group(given, "predicted_class", `c${given.version.id}`, picked);
}

/** The probability of every class; a class's place stands in the column's name where its own has other characters than names have. */
export function probabilitiesGroup(given: PredictedColumns): ColumnGroup {
  const picked = given.version.classes.flatMap(({ name, classes }) => {
    const describe = ofOutput(given, name, "output");
    return classes.map((of, index) => {
      const suffix = /^[A-Za-z0-9_]{1,40}$/.test(of) ? of : String(index + 1);
      return describe(
        `_probability_${suffix}`,
        "float32",
        `d.probabilities[${index + 1}]`,
        `probability of ${name} being ${of}`,
        null,
        "stat.probability",
      );
    });
  });
  return group(given, "predicted_class", `o${given.version.id}`, picked);
}

const NUMBERS = "(d.vector::real[])";

/** Each vector as a list. */
export function vectorsGroup(given: PredictedColumns): ColumnGroup {
  const picked = given.version.vectors.flatMap(({ name, length }) => {
    const describe = ofOutput(given, name, "output");
    const { sql, column: list } = describe("", "float32", NUMBERS, `vector ${name} of ${length} numbers`);
    return [{ sql, column: { ...list, length } }, flags(describe, name)];
  });
  return group(given, "predicted_vector", `v${given.version.id}`, picked);
}

/** Each number of a vector by itself. */
export function componentsGroup(given: PredictedColumns): ColumnGroup {
  const picked = given.version.vectors.flatMap(({ name, length }) => {
    const describe = ofOutput(given, name, "output");
    return Array.from({ length: Math.min(length, MOST_COMPONENTS) }, (_, index) =>
      describe(`_${index + 1}`, "float32", `${NUMBERS}[${index + 1}]`, `number ${index + 1} of ${length} of the vector ${name}`),
    );
  });
  return group(given, "predicted_vector", `n${given.version.id}`, picked);
}

/**
 * SQL: whether the version has any stored answer for the star.
 *
 * @param lookUp `by-star` for a list of stars, each of which is looked up by key
 */
export function isPredicted({ version, release, star }: PredictedColumns, lookUp: PredictionLookUp): string {
  const outputs: readonly (readonly [PredictedTable, readonly unknown[]])[] = [
    ["predicted_label", version.labels],
    ["predicted_class", version.classes],
    ["predicted_vector", version.vectors],
  ];
  const answers = outputs
    .filter(([, said]) => said.length > 0)
    .map(([table]) => `SELECT source_id FROM ${table} WHERE model_version_id = ${literal(version.id)} AND release = ${literal(release)}`);
  const fence = lookUp === "by-star" ? " OFFSET 0" : "";
  return `EXISTS (SELECT FROM (${answers.join(" UNION ALL ")}) d WHERE d.source_id = ${star}${fence})`;
}

/** The groups of columns that hold something, in order. */
export const withColumns = (groups: readonly ColumnGroup[]): ColumnGroup[] => groups.filter(({ columns }) => columns.length > 0);
