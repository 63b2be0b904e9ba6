import type { GraphQLResolveInfo } from "graphql";
import { SURVEY_LABEL_COLUMN_SETS, type SurveyLabelColumn, type SurveyLabelColumnSet } from "../../catalogue/survey-label";
import { selectedOf } from "../selection";

/** by the selected fields of survey labels */
const known = new WeakMap<object, SurveyLabelColumnSet>();

/** @returns the columns of survey labels that an operation needs */
export function selectedLabelColumns(info: GraphQLResolveInfo): SurveyLabelColumnSet {
  const fields = selectedOf(info, "SurveyLabels");
  const columns = known.get(fields) ?? SURVEY_LABEL_COLUMN_SETS.of(fields.map(({ name }) => name as SurveyLabelColumn));
  known.set(fields, columns);
  return columns;
}
