import type { Parameter } from "../../database/database";
import { type CopyForm, MOST_COMPONENTS, type OutputColumn } from "../../formats/output-table";

/** A column of a table file and the expression that it is read from. */
export interface SelectedColumn extends OutputColumn {
  readonly sql: string;
}

/**
 * A number, or a list of them, as SQL writes it, for COPY takes no parameters. Text, which could break out of the statement, is refused:
 * names of surveys have become row ids before.
 */
export function literal(value: Parameter): string {
  if (value === null) return "NULL";
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]`;
  if (typeof value === "bigint" || Number.isFinite(value)) return `(${value})`;
  if (value === Number.POSITIVE_INFINITY) return "'Infinity'";
  if (value === Number.NEGATIVE_INFINITY) return "'-Infinity'";
  throw new Error(`Only numbers may stand in a statement of a bulk read, not a ${typeof value}.`);
}

/** The name of a label or output, which the registry lets through as letters and digits alone. */
export function nameLiteral(name: string): string {
  if (/^[A-Za-z0-9]+$/.test(name)) return `'${name}'`;
  throw new Error(`'${name}' is no output's name.`);
}

/**
 * Any text, for statements that take no parameters. What is not plain goes as hexadecimal digits, of which none can end the
 * literal, whatever the server's settings are.
 */
export function textLiteral(text: string): string {
  if (/^[A-Za-z0-9 _.:+-]*$/.test(text)) return `'${text}'`;
  return `convert_from('\\x${Buffer.from(text).toString("hex")}'::bytea, 'UTF8')`;
}

/** Not measured is null, also where a NaN slipped in; a truth value reads true or false where COPY would write t or f. */
function expression({ sql, type }: Pick<SelectedColumn, "sql" | "type">, form: CopyForm): string {
  if (type === "float32" || type === "float64") return `nullif(${sql}, 'NaN')`;
  return form !== "binary" && type === "boolean" ? `(${sql})::text` : sql;
}

/** A vector, whose numbers are finite: as a list, or in CSV number by number. */
function vectorExpressions({ sql, length = 0 }: SelectedColumn, form: CopyForm): string[] {
  if (form !== "csv") return [sql];
  if (length > MOST_COMPONENTS) return [`array_to_json(${sql})::text`];
  return Array.from({ length }, (_, index) => `(${sql})[${index + 1}]`);
}

/** @returns what stands between SELECT and FROM of a statement that is copied in the form */
export const selectList = (columns: readonly SelectedColumn[], form: CopyForm): string =>
  columns.flatMap((column) => (column.length === undefined ? [expression(column, form)] : vectorExpressions(column, form))).join(", ");
