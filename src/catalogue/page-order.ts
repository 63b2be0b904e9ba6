import type { Parameter } from "../database/database";
import { textLiteral } from "./bulk/select";
import { firstOfStar, labelRows, orderedLabel, type SurveyLabelOrder } from "./labels/survey-order";
import { meaning, ofOutput, type PredictionCondition } from "./predicted/predicted-filter";
import type { Release } from "./release";
import { STAR_COLUMNS } from "./star";

/** What pages may be ordered by: each has an index on (release, it, source_id). */
export const ORDER_COLUMNS = ["sourceId", "photGMeanMag", "bpRp", "parallax"] as const;

/** By the value of a label that a model predicts. */
export interface PredictedLabelOrder extends Pick<PredictionCondition, "model" | "meant"> {
  readonly label: string;
}

/** Stars that most probably belong to a class, by the probability of that. */
export interface PredictedClassOrder extends Pick<PredictionCondition, "model" | "meant"> {
  readonly output?: string | null;
  readonly class: string;
}

export interface StarOrder {
  /** of no account where a label or a prediction is given */
  readonly by: (typeof ORDER_COLUMNS)[number];
  readonly surveyLabel?: SurveyLabelOrder | null;
  readonly predictedLabel?: PredictedLabelOrder | null;
  readonly predictedClass?: PredictedClassOrder | null;
  readonly direction: "ASC" | "DESC";
}

/** Where a star stands in an order: stars of equal value follow by source_id, those without a value come last. */
export interface StarKey {
  readonly value: number | null;
  readonly sourceId: bigint;
}

/** One walk along one index: the stars that have the value that orders them, or those that have none. */
export interface Walk {
  /** FROM items, `star s` among them */
  readonly from: string;
  readonly conditions: readonly string[];
  /** the value that orders, null where the stars have none */
  readonly value: string | null;
  readonly type: "float4" | "float8";
  readonly sourceId: string;
}

/** An order by the rows of another table. */
interface OtherTable {
  readonly table: "predicted_label" | "predicted_class" | "survey_label" | "survey_label_value";
  readonly value: string;
  /** which of the table's rows `o` have the value */
  readonly rows: string;
  /** which of them stands for its star, where a star may have several */
  readonly one?: string;
}

function otherTable({ surveyLabel, predictedLabel, predictedClass, direction }: StarOrder): OtherTable | null {
  if (surveyLabel) {
    const label = orderedLabel(surveyLabel);
    const one = firstOfStar(label, "o", direction);
    return { table: label.table, value: `o.${label.column}`, rows: labelRows(label, "o"), one };
  }
  if (predictedLabel) return { table: "predicted_label", value: "o.value", rows: ofOutput(meaning(predictedLabel), "o", "label") };
  if (!predictedClass) return null;
  const rows = `${ofOutput(meaning(predictedClass), "o", "output")} AND o.class = ${textLiteral(predictedClass.class)}`;
  return { table: "predicted_class", value: "o.probability", rows };
}

/** Whether some stars may lack the value, so that a second walk brings them. */
export const hasUnvalued = (order: StarOrder): boolean => order.by !== "sourceId" || otherTable(order) !== null;

/** The stars that have the order's value (`valued`) or those that lack it. */
export function walkOf(order: StarOrder, release: Release, valued: boolean): Walk {
  const other = otherTable(order);
  const stars = { from: "star s", conditions: [], value: null, type: "float4", sourceId: "s.source_id" } as const;
  if (other) {
    const { table, value, rows, one = "true" } = other;
    const same = "o.release = s.release AND o.source_id = s.source_id";
    if (!valued) return { ...stars, conditions: [`NOT EXISTS (SELECT FROM ${table} o WHERE ${rows} AND ${same} OFFSET 0)`] };
    return {
      from: `${table} o JOIN star s ON ${same}`,
      conditions: [`o.release = ${release}`, rows, one],
      value,
      type: "float4",
      sourceId: "o.source_id",
    };
  }
  if (order.by === "sourceId") return stars;
  const { sql, type } = STAR_COLUMNS[order.by];
  const conditions = [`s.${sql} IS ${valued ? "NOT NULL" : "NULL"}`];
  return { ...stars, conditions, value: valued ? `s.${sql}` : null, type };
}

/** The condition that a star comes behind a key in a walk. */
export function beyondSql(
  { value, type, sourceId }: Walk,
  { direction }: StarOrder,
  after: StarKey,
  bind: (value: Parameter) => string,
): string {
  const beyond = direction === "ASC" ? ">" : "<";
  if (value === null) return `${sourceId} ${beyond} ${bind(after.sourceId)}::int8`;
  // What a client wrote into a cursor may be beyond the range of a real: infinity is, PostgreSQL refuses the number.
  const last = type === "float4" && after.value !== null ? Math.fround(after.value) : after.value;
  return `(${value}, ${sourceId}) ${beyond} (${bind(last)}::${type}, ${bind(after.sourceId)}::int8)`;
}
