import { type ASTNode, type FieldNode, type GraphQLResolveInfo, Kind, visit } from "graphql";
import { SURVEY_LABEL_COLUMN_SETS, type SurveyLabelColumn, type SurveyLabelColumnSet } from "../../catalogue/survey-label";
import { selectedOf } from "../selection";

const isChosen = ({ name, arguments: given }: FieldNode) => name.value === "surveyLabels" && (given?.length ?? 0) > 0;

/** Whether the labels of one survey are asked for anywhere, which may be called by an alias. */
function choosesSurvey({ operation, fragments }: GraphQLResolveInfo): boolean {
  let chooses = false;
  const enter = (node: ASTNode) => {
    chooses ||= node.kind === Kind.FIELD && isChosen(node);
  };
  for (const part of [operation, ...Object.values(fragments)]) visit(part, { enter });
  return chooses;
}

/** by the selected fields of survey labels, which belong to one operation */
const known = new WeakMap<object, SurveyLabelColumnSet>();

/** @returns the columns of survey labels that an operation needs */
export function selectedLabelColumns(info: GraphQLResolveInfo): SurveyLabelColumnSet {
  const fields = selectedOf(info, "SurveyLabels");
  const chosen = known.get(fields);
  if (chosen) return chosen;
  const names = fields.map(({ name }) => name as SurveyLabelColumn);
  const columns = SURVEY_LABEL_COLUMN_SETS.of(choosesSurvey(info) ? [...names, "aliases"] : names);
  known.set(fields, columns);
  return columns;
}
