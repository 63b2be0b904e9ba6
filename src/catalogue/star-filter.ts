import type { Parameter } from "../database/database";
import { AppError } from "../errors";
import type { FilteredSurveys } from "./filtered-surveys";
import { type PredictedFilters, type PredictionLookUp, predictedConditions } from "./predicted/predicted-filter";
import { STAR_COLUMNS } from "./star";

/** The columns of a star that can be filtered by range. */
export const FILTER_COLUMNS = [
  "photGMeanMag",
  "photBpMeanMag",
  "photRpMeanMag",
  "bpRp",
  "parallax",
  "teffGspphot",
  "loggGspphot",
  "mhGspphot",
] as const;
export type FilterColumn = (typeof FILTER_COLUMNS)[number];

/** Both ends included; an absent end is open. */
export interface Range {
  readonly min?: number | null;
  readonly max?: number | null;
}

/** A box on the sky [deg]; where ra.min > ra.max it crosses ra = 0. */
export interface PositionFilter {
  readonly ra?: Range | null;
  readonly dec?: Range | null;
}

/** Stars with a label of a survey within a range: one of the list that all surveys share, or one of its own. */
export interface SurveyLabelFilter extends Range {
  readonly survey: string;
  readonly label?: string | null;
  readonly ownLabel?: string | null;
}

/** All conditions must hold. */
export type StarFilter = { readonly [column in FilterColumn]?: Range | null } & PredictedFilters & {
    readonly position?: PositionFilter | null;
    readonly surveyLabel?: SurveyLabelFilter | null;
    readonly synthetic?: boolean | null;
    readonly and?: readonly StarFilter[] | null;
    readonly or?: readonly StarFilter[] | null;
  };

const MAX_NESTING = 5;
const MAX_FILTERS = 50;

/** Adds a value to the statement's parameters and returns its placeholder, such as $3. */
export type Bind = (value: Parameter) => string;

function checkRange({ min, max }: Range, name: string, wraps = false): void {
  for (const end of [min, max]) {
    if (end != null && !Number.isFinite(end)) throw new AppError("BAD_INPUT", `${name} must be bounded by finite numbers, not ${end}.`);
  }
  if (min == null || max == null || min <= max || wraps) return;
  throw new AppError("BAD_INPUT", `${name}: min ${min} is above max ${max}, which no star satisfies. Exchange them.`);
}

/**
 * A real column is compared with a real, because 12.3 as a double is less than the same magnitude stored in four bytes.
 * Math.fround also turns values beyond the range of real into infinities, which PostgreSQL would otherwise refuse.
 */
const asStored = (type: string, value: number) => (type === "float4" ? Math.fround(value) : value);

/** @returns conditions on a column of a real or a double: none for a range without ends */
export function rangeSql(column: string, type: "float4" | "float8", { min, max }: Range, bind: Bind): string[] {
  return [
    ...(min == null ? [] : [`${column} >= ${bind(asStored(type, min))}::${type}`]),
    ...(max == null ? [] : [`${column} <= ${bind(asStored(type, max))}::${type}`]),
  ];
}

/** Conditions on columns of reals, once their ranges are found possible. */
const checkedRangeSql = (bind: Bind) => (column: string, range: Range, name: string) => {
  checkRange(range, name);
  return rangeSql(column, "float4", range, bind);
};

function positionSql({ ra, dec }: PositionFilter, bind: Bind): string[] {
  checkRange(ra ?? {}, "position.ra", true);
  checkRange(dec ?? {}, "position.dec");
  for (const end of [ra?.min, ra?.max]) {
    if (end != null && (end < 0 || end > 360))
      throw new AppError("BAD_INPUT", `position.ra must lie within 0 and 360 degrees, not at ${end}.`);
  }
  const raSql = rangeSql("s.ra", "float8", ra ?? {}, bind);
  const wraps = ra?.min != null && ra.max != null && ra.min > ra.max;
  return [...rangeSql("s.dec", "float8", dec ?? {}, bind), ...(wraps ? [`(${raSql.join(" OR ")})`] : raSql)];
}

/** @throws AppError BAD_INPUT unless a filter names exactly one label, and a range of it that a star can satisfy */
export function labelOfFilter(filter: SurveyLabelFilter): string {
  const { survey, label, ownLabel } = filter;
  checkRange(filter, `surveyLabel ${label ?? ownLabel}`);
  if ((label == null) !== (ownLabel == null)) return (label ?? ownLabel)!;
  const fault = label == null ? "names no label" : `names two labels, ${label} and ${ownLabel}`;
  throw new AppError(
    "BAD_INPUT",
    `surveyLabel of '${survey}' ${fault}. Give 'label' for one of the list, or 'ownLabel' for the survey's own.`,
  );
}

function surveyLabelSql(filter: SurveyLabelFilter, bind: Bind, surveys: FilteredSurveys): string {
  const found = surveys.get(filter);
  if (!found) throw new Error("A filter by a survey's label was not looked up.");
  if ("stars" in found) return `s.source_id = ANY(${bind(found.stars)}::int8[])`;
  const { table, column, scope } = found;
  const range = rangeSql(`l.${column}`, "float4", filter, bind);
  const conditions = [`l.${scope.column} = ${bind(scope.id)}`, ...(range.length ? range : [`l.${column} IS NOT NULL`])];
  return `EXISTS (SELECT FROM ${table} l WHERE l.release = s.release AND l.source_id = s.source_id AND ${conditions.join(" AND ")})`;
}

/** @returns every filter in the tree, itself first; refuses trees that are too deep or too wide */
export function filtersWithin(filter: StarFilter, nesting = 1): StarFilter[] {
  if (nesting > MAX_NESTING) throw new AppError("BAD_INPUT", `A filter may nest and/or ${MAX_NESTING} deep. Write it flatter.`);
  const inner = [...(filter.and ?? []), ...(filter.or ?? [])];
  const all = [filter, ...inner.flatMap((one) => filtersWithin(one, nesting + 1))];
  if (all.length > MAX_FILTERS) throw new AppError("BAD_INPUT", `A filter may join ${MAX_FILTERS} filters; this one has more.`);
  return all;
}

/**
 * @param surveys that the filter names, as `filteredSurveys` finds them
 * @param lookUp how the stars' predictions are looked at
 * @returns a condition on `star s`
 * @throws AppError BAD_INPUT if a range is empty or not finite, or an `or` has no alternatives
 */
export function filterSql(filter: StarFilter, bind: Bind, surveys: FilteredSurveys, lookUp: PredictionLookUp = "planned"): string {
  const conditions = FILTER_COLUMNS.flatMap((name) => {
    const range = filter[name];
    if (!range) return [];
    checkRange(range, name);
    return rangeSql(`s.${STAR_COLUMNS[name].sql}`, STAR_COLUMNS[name].type, range, bind);
  });
  if (filter.position) conditions.push(...positionSql(filter.position, bind));
  if (filter.surveyLabel) conditions.push(surveyLabelSql(filter.surveyLabel, bind, surveys));
  conditions.push(...predictedConditions(filter, checkedRangeSql(bind), lookUp));
  if (filter.synthetic != null) conditions.push(filter.synthetic ? "s.synthetic" : "NOT s.synthetic");
  conditions.push(...(filter.and ?? []).map((one) => filterSql(one, bind, surveys, lookUp)));
  if (filter.or) {
    if (filter.or.length === 0) throw new AppError("BAD_INPUT", "`or` needs at least one filter; leave it out to take every star.");
    conditions.push(`(${filter.or.map((one) => filterSql(one, bind, surveys, lookUp)).join(" OR ")})`);
  }
  return conditions.length ? `(${conditions.join(" AND ")})` : "true";
}
