import type { OutputColumn } from "../../formats/output-table";
import { STAR_COLUMNS } from "../star";
import { SURVEY_LABELS } from "../survey-label";
import type { SelectedColumn } from "./select";

export const column = (
  name: string,
  sql: string,
  type: OutputColumn["type"],
  description: string,
  unit: string | null = null,
): SelectedColumn => ({ name, sql, type, unit, description });

const TYPES = { float8: "float64", float4: "float32", int2: "int16", text: "string", boolean: "boolean" } as const;

/** What is kept of `star s`, named as in Gaia's own tables. */
export const STAR: readonly SelectedColumn[] = Object.values(STAR_COLUMNS).map(({ sql, type, description, unit }) =>
  column(sql, `s.${sql}`, TYPES[type], description, unit),
);

/** The labels of a row of survey_label. @param alias what the statement calls it */
export const surveyLabels = (alias: string): readonly SelectedColumn[] =>
  Object.values(SURVEY_LABELS).map(({ sql, description, unit }) => column(sql, `${alias}.${sql}`, "float32", description, unit));
