import type { Queries } from "../../database/database";
import { literal } from "../bulk/select";
import { catalogueNamed } from "../catalogue";
import { labelsNamed } from "./catalogue-label";

/** By the value that one survey gives of a label. */
export interface SurveyLabelOrder {
  /** name or alias of the survey's catalogue */
  readonly survey: string;
  /** a label that the survey gives, by its name */
  readonly label: string;
  /** where the values are: `meantSurveyOrder` looks it up, so that cursors name the catalogue that was meant */
  readonly meant?: OrderedLabel;
}

/** Where the values of a label are, with an index by value. */
export interface OrderedLabel {
  readonly table: "survey_label" | "survey_label_value";
  readonly column: string;
  readonly scope: { readonly column: "catalogue_id" | "label_id"; readonly id: number };
}

/** @throws AppError NOT_FOUND for a survey that there is not, or a label that it does not give */
export async function meantSurveyOrder(queries: Queries, order: SurveyLabelOrder): Promise<SurveyLabelOrder> {
  const catalogue = await catalogueNamed(queries, order.survey);
  const [found] = await labelsNamed(queries, catalogue, [order.label]);
  const { stored } = found!;
  const meant: OrderedLabel =
    typeof stored === "number"
      ? { table: "survey_label_value", column: "value", scope: { column: "label_id", id: stored } }
      : { table: "survey_label", column: stored.value, scope: { column: "catalogue_id", id: catalogue.id } };
  return { ...order, meant };
}

/** @throws Error if the order did not go through `meantSurveyOrder`: a defect of the caller */
export function orderedLabel({ label, meant }: SurveyLabelOrder): OrderedLabel {
  if (meant) return meant;
  throw new Error(`An order by '${label}' was not looked up.`);
}

/** SQL: which rows `row` of the table have the label. */
export const labelRows = ({ column, scope }: OrderedLabel, row: string): string =>
  `${row}.${scope.column} = ${literal(scope.id)} AND ${row}.${column} IS NOT NULL`;

/**
 * SQL: of several objects of one star, the one that comes first in the order, so that the star stands there alone. Looked up star
 * by star: few have more than one.
 */
export function firstOfStar({ table, column, scope }: OrderedLabel, row: string, direction: "ASC" | "DESC"): string {
  const before = direction === "ASC" ? "<" : ">";
  return `NOT EXISTS (SELECT FROM ${table} b WHERE b.release = ${row}.release AND b.source_id = ${row}.source_id
    AND b.${scope.column} = ${literal(scope.id)} AND (b.${column}, b.object_id) ${before} (${row}.${column}, ${row}.object_id) OFFSET 0)`;
}
