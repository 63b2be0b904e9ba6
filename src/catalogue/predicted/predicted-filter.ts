import { AppError } from "../../errors";
import { literal, nameLiteral, textLiteral } from "../bulk/select";
import type { Range } from "../star-filter";

/**
 * What a filter's `model` and `withoutFlags` mean. Whoever knows the registry looks it up (`meantFilter` in src/models), so
 * that a request, its entity tag and its cursors name the version that was meant.
 */
export interface MeantPrediction {
  /** row id of the version */
  readonly versionId: number;
  /** name of the version's output */
  readonly output: string;
  /** bits of the flags that rule a star out */
  readonly excludedFlags: number;
}

/** What every condition on a prediction names. */
export interface PredictionCondition {
  /** NAME (its champion), NAME@alias or NAME@version */
  readonly model: string;
  /** stars whose prediction has one of these flags are left out */
  readonly withoutFlags?: readonly string[] | null;
  readonly meant?: MeantPrediction;
}

/** Stars for which a model predicts a label within a range. */
export interface PredictedLabelFilter extends PredictionCondition, Range {
  readonly label: string;
  /** largest standard deviation, in the label's unit */
  readonly maxUncertainty?: number | null;
}

/** Stars that most probably belong to a class. */
export interface PredictedClassFilter extends PredictionCondition {
  /** may be left out where the model has one output of classes */
  readonly output?: string | null;
  readonly class: string;
  /** smallest probability of the class, 0 to 1 */
  readonly minProbability?: number | null;
}

/** The conditions on predictions that a filter of stars may hold. */
export interface PredictedFilters {
  readonly predictedLabel?: PredictedLabelFilter | null;
  readonly predictedClass?: PredictedClassFilter | null;
}

/** `planned`: PostgreSQL chooses between stars and predictions; `by-star`: it looks up the predictions of each star by key. */
export type PredictionLookUp = "planned" | "by-star";

/** Checks a range and writes its conditions on a column of reals. @param name of the range in messages */
export type RealRangeSql = (column: string, range: Range, name: string) => string[];

/** @throws Error if the filter did not go through `meantFilter`: a defect of the caller */
export function meaning({ model, meant }: PredictionCondition): MeantPrediction {
  if (meant) return meant;
  throw new Error(`A condition on '${model}' was not looked up.`);
}

/** SQL: which rows of a table of predictions are those of an output. @param row what the statement calls a row */
export function ofOutput({ versionId, output }: MeantPrediction, row: string, column: "label" | "output"): string {
  return `${row}.model_version_id = ${literal(versionId)} AND ${row}.${column} = ${nameLiteral(output)}`;
}

function existsSql(table: string, conditions: readonly string[], lookUp: PredictionLookUp): string {
  const fence = lookUp === "by-star" ? " OFFSET 0" : "";
  return `EXISTS (SELECT FROM ${table} p WHERE p.release = s.release AND p.source_id = s.source_id AND ${conditions.join(" AND ")}${fence})`;
}

/** An inequality, because PostgreSQL takes it that a third of the rows pass one that it has no statistics of, and of an equation 0.5%. */
const flagSql = ({ excludedFlags }: MeantPrediction) => (excludedFlags === 0 ? [] : [`p.flags & ${literal(excludedFlags)} < 1`]);

function labelSql(filter: PredictedLabelFilter, range: RealRangeSql, lookUp: PredictionLookUp): string {
  const meant = meaning(filter);
  const { label, min, max, maxUncertainty } = filter;
  const conditions = [
    ofOutput(meant, "p", "label"),
    ...range("p.value", { min: min ?? null, max: max ?? null }, `predictedLabel ${label}`),
    ...range("p.uncertainty", { max: maxUncertainty ?? null }, "predictedLabel.maxUncertainty"),
    ...flagSql(meant),
  ];
  return existsSql("predicted_label", conditions, lookUp);
}

function classSql(filter: PredictedClassFilter, range: RealRangeSql, lookUp: PredictionLookUp): string {
  const meant = meaning(filter);
  const { minProbability } = filter;
  if (minProbability != null && !(minProbability >= 0 && minProbability <= 1))
    throw new AppError("BAD_INPUT", `predictedClass.minProbability must be from 0 to 1, not ${minProbability}.`);
  const conditions = [
    ofOutput(meant, "p", "output"),
    `p.class = ${textLiteral(filter.class)}`,
    ...range("p.probability", { min: minProbability ?? null }, "predictedClass.minProbability"),
    ...flagSql(meant),
  ];
  return existsSql("predicted_class", conditions, lookUp);
}

/** @returns the conditions on a `star s` that a filter puts on predictions */
export function predictedConditions(filter: PredictedFilters, range: RealRangeSql, lookUp: PredictionLookUp): string[] {
  return [
    ...(filter.predictedLabel ? [labelSql(filter.predictedLabel, range, lookUp)] : []),
    ...(filter.predictedClass ? [classSql(filter.predictedClass, range, lookUp)] : []),
  ];
}
