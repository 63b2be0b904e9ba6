import { AppError } from "../../errors";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../../formats/table-formats";

/** A request's query as Fastify parses it: a parameter given twice is a list. */
export type RawQuery = Readonly<Record<string, string | readonly string[]>>;

/** The parameters of a request, each given once and none that is unknown. */
export function readParameters<Name extends string>(query: RawQuery, names: readonly Name[]): Partial<Record<Name, string>> {
  for (const [name, value] of Object.entries(query)) {
    if (!names.includes(name as Name))
      throw new AppError("BAD_INPUT", `There is no parameter '${name.slice(0, 40)}'. There are: ${names.join(", ")}.`);
    if (typeof value !== "string") throw new AppError("BAD_INPUT", `'${name}' may be given once.`);
  }
  return query as Partial<Record<Name, string>>;
}

/** @throws AppError BAD_INPUT that lists the choices */
export function oneOf<T extends string>(what: string, given: string, choices: readonly T[]): T {
  if (choices.includes(given as T)) return given as T;
  throw new AppError("BAD_INPUT", `${what} must be one of ${choices.join(", ")}, not '${given.slice(0, 40)}'.`);
}

/** Whether a switch is on; off where it is not given. */
export const isTrue = (name: string, given: string | undefined): boolean =>
  given !== undefined && oneOf(name, given, ["true", "false"]) === "true";

export const formatFrom = (format = "csv"): TableFormatName => oneOf("format", format, TABLE_FORMAT_NAMES);

/** @returns the names of a list, each once */
export function namesIn(parameter: string, text: string, most: number): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.length <= most && !names.includes("")) return [...new Set(names)];
  throw new AppError("BAD_INPUT", `${parameter} must be up to ${most} names with commas between them, none of them empty.`);
}
