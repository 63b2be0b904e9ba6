import type { Parameter, Queries } from "../database/database";
import { type Catalogue, catalogueNamed } from "./catalogue";
import { labelsNamed, valueLabelsOf } from "./labels/catalogue-label";
import { LABEL_COLUMNS } from "./labels/label-columns";
import type { Release } from "./release";
import { filtersWithin, labelOfFilter, rangeSql, type StarFilter, type SurveyLabelFilter } from "./star-filter";
import { SURVEY_LABELS } from "./survey-label";

/** Where the values of a label are: a column of survey_label, or `value` of survey_label_value. */
interface LabelPlace {
  readonly table: "survey_label" | "survey_label_value";
  readonly column: string;
  /** whether there is an index by value */
  readonly byValue: boolean;
  /** whose rows are the survey's: its catalogue_id, or the label_id */
  readonly scope: { readonly column: "catalogue_id" | "label_id"; readonly id: number };
}

/**
 * What a filter by a survey's label means: the few stars that it holds for, or else where to look star by star. PostgreSQL
 * cannot tell which of the two it is: it keeps no statistics of each label's values.
 */
export type FilteredLabel = { readonly stars: readonly bigint[] } | LabelPlace;

/** By the filter that asks. */
export type FilteredSurveys = ReadonlyMap<SurveyLabelFilter, FilteredLabel>;

/** Stars that are looked up one by one: reading so many from an index takes a millisecond or two, whatever is in the table. */
const FEW_STARS = 1000;

/** @returns null for a label of the list that the survey does not give */
async function placeOf(queries: Queries, { id, name: survey }: Catalogue, filter: SurveyLabelFilter): Promise<LabelPlace | null> {
  const name = labelOfFilter(filter);
  const inColumn = (column: string): LabelPlace => ({
    table: "survey_label",
    column,
    byValue: LABEL_COLUMNS.some(({ value }) => value === column),
    scope: { column: "catalogue_id", id },
  });
  const inRows = (labelId: number): LabelPlace => ({
    table: "survey_label_value",
    column: "value",
    byValue: true,
    scope: { column: "label_id", id: labelId },
  });
  if (Object.hasOwn(SURVEY_LABELS, name)) return inColumn(SURVEY_LABELS[name as keyof typeof SURVEY_LABELS].sql);
  if (filter.ownLabel != null) {
    const [found] = await labelsNamed(queries, { id, name: survey }, [name]);
    return typeof found!.stored === "number" ? inRows(found!.stored) : inColumn(found!.stored.value);
  }
  const given = (await valueLabelsOf(queries, id)).find((label) => label.name === name);
  return given ? inRows(given.stored as number) : null;
}

/** @returns the stars within the filter's range in the order of the index by value; null if there are more than a few */
async function fewStars(queries: Queries, place: LabelPlace, filter: SurveyLabelFilter, release: Release): Promise<bigint[] | null> {
  const parameters: Parameter[] = [place.scope.id, release];
  const range = rangeSql(`l.${place.column}`, "float4", filter, (value) => `$${parameters.push(value)}`);
  const measured = range.length > 0 ? range : [`l.${place.column} IS NOT NULL`];
  const rows = await queries.prepared<[bigint]>(
    "",
    `SELECT l.source_id FROM ${place.table} l WHERE l.${place.scope.column} = $1 AND l.release = $2 AND l.source_id IS NOT NULL
       AND ${measured.join(" AND ")} ORDER BY l.${place.column} LIMIT ${FEW_STARS + 1}`,
    parameters,
  );
  return rows.length > FEW_STARS ? null : [...new Set(rows.map(([id]) => id))];
}

/**
 * Looks up what a filter says of surveys.
 *
 * @throws AppError NOT_FOUND for a survey that is not there, or a label of its own that it does not give
 */
export async function filteredSurveys(queries: Queries, filter: StarFilter, release: Release): Promise<FilteredSurveys> {
  const found = new Map<SurveyLabelFilter, FilteredLabel>();
  for (const { surveyLabel } of filtersWithin(filter)) {
    if (!surveyLabel) continue;
    const place = await placeOf(queries, await catalogueNamed(queries, surveyLabel.survey), surveyLabel);
    if (place === null) found.set(surveyLabel, { stars: [] });
    else {
      const stars = place.byValue ? await fewStars(queries, place, surveyLabel, release) : null;
      found.set(surveyLabel, stars ? { stars } : place);
    }
  }
  return found;
}
