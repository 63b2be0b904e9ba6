import type { OutputColumn } from "../../formats/output-table";
import { STAR_COLUMNS, type StarColumn } from "../star";
import { STAR_UCDS } from "../star-ucds";
import { SURVEY_LABELS } from "../survey-label";
import type { SelectedColumn } from "./select";

export const column = (
  name: string,
  sql: string,
  type: OutputColumn["type"],
  description: string,
  unit: string | null = null,
  ucd: string | null = null,
): SelectedColumn => ({ name, sql, type, unit, description, ucd });

const TYPES = { float8: "float64", float4: "float32", int2: "int16", text: "string", boolean: "boolean" } as const;

/** What is kept of `star s`, named as in Gaia's own tables. */
export const STAR: readonly SelectedColumn[] = (Object.keys(STAR_COLUMNS) as StarColumn[]).map((name) => {
  const { sql, type, description, unit } = STAR_COLUMNS[name];
  return column(sql, `s.${sql}`, TYPES[type], description, unit, STAR_UCDS[name]);
});

/** The labels of a row of survey_label. @param alias what the statement calls it */
export const surveyLabels = (alias: string): readonly SelectedColumn[] =>
  Object.values(SURVEY_LABELS).map(({ sql, description, unit, ucd }) => column(sql, `${alias}.${sql}`, "float32", description, unit, ucd));
