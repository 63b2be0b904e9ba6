import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import { declaredLabel, labelSpelled } from "../../science/labels";
import { column } from "../bulk/columns";
import { literal, type SelectedColumn } from "../bulk/select";
import { columnsOfLabel } from "../labels/label-columns";

/** A label as catalogues give it among the rows of survey_label_value. */
interface Given {
  readonly id: number;
  readonly catalogue: string;
  readonly unit: string | null;
  readonly description: string | null;
}

/** Columns of one label, and when a row `d` of survey_label has a value of it. */
export interface ExportedLabel {
  readonly columns: readonly SelectedColumn[];
  readonly has: string;
}

const FLAG = "the survey's own quality bits of";

/** What one label's value, error and bits are called and read from; null: there is none. */
function labelColumns(name: string, sql: (part: "value" | "error" | "flag") => string | null, unit: string | null, description: string) {
  const ucd = declaredLabel(name)?.ucd ?? null;
  const [value, error, flag] = [sql("value")!, sql("error"), sql("flag")];
  return {
    has: `${value} IS NOT NULL`,
    columns: [
      column(name, value, "float32", description, unit, ucd),
      ...(error === null ? [] : [column(`${name}_error`, error, "float32", `error of ${name}`, unit, ucd && `stat.error;${ucd}`)]),
      ...(flag === null ? [] : [column(`${name}_flag`, flag, "int64", `${FLAG} ${name}`, null, "meta.code.qual")]),
    ],
  };
}

async function givenAs(queries: Queries, name: string, catalogueId: number | null): Promise<Given[]> {
  return queries.query<Given>(
    `SELECT k.id, c.name AS catalogue, k.unit, k.description FROM catalogue_label k JOIN catalogue c ON c.id = k.catalogue_id
     WHERE k.name = $1 AND ($2::int4 IS NULL OR c.id = $2) ORDER BY c.name`,
    [name, catalogueId],
  );
}

/** @throws AppError BAD_INPUT where catalogues mean different things by one name */
function requireOneUnit(name: string, given: readonly Given[]): void {
  if (new Set(given.map(({ unit }) => unit)).size <= 1) return;
  const units = given.map(({ catalogue, unit }) => `${unit ?? "without unit"} by ${catalogue}`);
  throw new AppError("BAD_INPUT", `The label '${name}' is given in ${units.join(", ")}: choose one of them with 'survey'.`);
}

/** Subqueries of survey_label_value for a row of survey_label. @param row what the statement calls it */
export const storedValue = (row: string, ids: readonly number[], part: "value" | "error" | "flag"): string =>
  `(SELECT v.${part} FROM survey_label_value v WHERE v.catalogue_id = ${row}.catalogue_id AND v.object_id = ${row}.object_id
    AND v.label_id IN (${ids.map(literal).join(", ")}))`;

/**
 * The columns of a label that is asked for by name.
 *
 * @param spelling its name, or an archive's spelling of it
 * @param catalogueId the only catalogue that is exported; null: all
 * @throws AppError NOT_FOUND if none gives it, BAD_INPUT if they give it in different units
 */
export async function exportedLabel(queries: Queries, spelling: string, catalogueId: number | null): Promise<ExportedLabel> {
  const name = labelSpelled(spelling)?.name ?? spelling;
  const own = columnsOfLabel(name);
  if (own) {
    const inRow = (part: "value" | "error" | "flag") => (own[part] === null ? null : `d.${own[part]}`);
    return labelColumns(own.value, inRow, own.label.unit, own.label.description);
  }
  const given = await givenAs(queries, name, catalogueId);
  if (given.length === 0) {
    const all = await queries.query<{ name: string }>(
      "SELECT DISTINCT name FROM catalogue_label WHERE $1::int4 IS NULL OR catalogue_id = $1 ORDER BY name LIMIT 50",
      [catalogueId],
    );
    const known = all.map((one) => one.name).join(", ") || "none";
    throw new AppError(
      "NOT_FOUND",
      `No label '${spelling.slice(0, 60)}' is given. There are, besides those that have columns of their own: ${known}.`,
    );
  }
  requireOneUnit(name, given);
  const ids = given.map(({ id }) => id);
  const description =
    declaredLabel(name)?.description ?? given.find((one) => one.description)?.description ?? `${name}, as the survey gives it`;
  return labelColumns(name, (part) => storedValue("d", ids, part), given[0]!.unit, description);
}
