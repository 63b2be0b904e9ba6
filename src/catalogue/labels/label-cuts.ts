import type { Parameter, Queries } from "../../database/database";
import type { Catalogue } from "../catalogue";
import { filteredSurveys } from "../filtered-surveys";
import type { Release } from "../release";
import { type Bind, filterSql, type StarFilter } from "../star-filter";
import { type CatalogueLabel, labelsNamed } from "./catalogue-label";
import { type LabelConditions, labelOfOwnColumn, type OwnColumn, ownColumn, ownConditionSql } from "./label-conditions";

/** Which labels of which stars. */
export interface LabelledStarsRequest {
  /** a catalogue's name or alias */
  readonly catalogue: string;
  /** names of labels, as in teff, mgFe, or the survey's own; archives' spellings (`FE_H`) are understood */
  readonly labels: readonly string[];
  /** of the source_ids */
  readonly release: Release;
  /** of the stars, as the API's */
  readonly filter?: StarFilter;
  /** of the survey's own columns: `{ snr: { min: 40 }, flags: 0, teffError: { max: 150 }, mgFeFlag: 0 }` */
  readonly where?: LabelConditions;
  /** `any` (default): one of the labels is enough; `all`: objects that lack one are left out */
  readonly require?: "any" | "all";
}

/** One condition after the other, and how many objects are left behind it. */
export interface Cut {
  readonly name: string;
  readonly kept: number;
  readonly lost: number;
}

interface NamedCondition {
  readonly name: string;
  readonly sql: string;
}

/** Objects of a survey, and the stars that they are. */
export const LABELLED_OBJECTS = "FROM survey_label l LEFT JOIN star s ON s.release = l.release AND s.source_id = l.source_id";

/** A catalogue, the labels that are asked of it, and the request that asks. */
export interface Asked {
  readonly catalogue: Catalogue;
  readonly labels: readonly CatalogueLabel[];
  readonly request: LabelledStarsRequest;
}

async function ownConditions(queries: Queries, catalogue: Catalogue, where: LabelConditions, bind: Bind): Promise<NamedCondition[]> {
  const conditions: NamedCondition[] = [];
  for (const [name, condition] of Object.entries(where)) {
    const own = labelOfOwnColumn(name);
    const [label] = own ? await labelsNamed(queries, catalogue, [own.label]) : [];
    const column: OwnColumn = own && label ? ownColumn(label, own.part) : { sql: "l.flags", type: "int8" };
    conditions.push({ name: `${name}: ${JSON.stringify(condition)}`, sql: ownConditionSql(name, column, condition, bind) });
  }
  return conditions;
}

/** Each part of a filter is a cut of its own. */
async function filterConditions(queries: Queries, filter: StarFilter, release: Release, bind: Bind): Promise<NamedCondition[]> {
  const surveys = await filteredSurveys(queries, filter, release);
  return Object.entries(filter)
    .filter(([, value]) => value != null)
    .map(([name, value]) => ({
      name: `${name}: ${JSON.stringify(value)}`,
      sql: filterSql({ [name]: value } as StarFilter, bind, surveys),
    }));
}

/** The conditions in the order in which they are told. */
async function conditionsOf(queries: Queries, { catalogue, labels, request }: Asked, bind: Bind): Promise<NamedCondition[]> {
  const { release, filter = {}, where = {}, require = "any" } = request;
  const given = labels.map((label) => `${ownColumn(label, "value").sql} IS NOT NULL`);
  const names = labels.map(({ name }) => name).join(", ");
  return [
    { name: `matched to a source of DR${release}`, sql: `l.release = ${bind(release)} AND l.source_id IS NOT NULL` },
    { name: "the source is among the stars", sql: "s.source_id IS NOT NULL" },
    { name: `${require === "all" ? "all" : "any"} of ${names}`, sql: `(${given.join(require === "all" ? " AND " : " OR ")})` },
    ...(await ownConditions(queries, catalogue, where, bind)),
    ...(await filterConditions(queries, filter, release, bind)),
  ];
}

/** The parts of a statement about a catalogue's objects that pass every condition. */
export async function labelledObjects(queries: Queries, asked: Asked) {
  const parameters: Parameter[] = [];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const own = `l.catalogue_id = ${bind(asked.catalogue.id)}`;
  return { parameters: parameters as readonly Parameter[], own, conditions: await conditionsOf(queries, asked, bind) };
}

/** @returns every cut in order, counted in one walk along the catalogue's objects */
export async function countCuts(queries: Queries, asked: Asked): Promise<Cut[]> {
  const { parameters, own, conditions } = await labelledObjects(queries, asked);
  const counts = conditions.map((_, index) => {
    const all = conditions.slice(0, index + 1).map(({ sql }) => sql);
    return `count(*) FILTER (WHERE ${all.join(" AND ")})::float8`;
  });
  const sql = `SELECT count(*)::float8, ${counts.join(", ")} ${LABELLED_OBJECTS} WHERE ${own}`;
  const [row] = await queries.prepared<number[]>("", sql, parameters);
  const names = [`objects with labels of ${asked.catalogue.name}`, ...conditions.map(({ name }) => name)];
  return names.map((name, index): Cut => {
    const kept = row?.[index] ?? 0;
    return { name, kept, lost: index === 0 ? 0 : (row?.[index - 1] ?? 0) - kept };
  });
}
