import { AppError } from "../errors";
import type { StarFilter } from "./star-filter";
import { type FilterFieldKind, type FilterNames, type FilterObject, STAR_FILTER } from "./star-filter-fields";

/** [characters] far more than an allowed filter needs */
const MAX_LENGTH = 20_000;
/** A little more than the allowed nesting: anything deeper is refused before it is traversed. */
const MAX_DEPTH = 10;

const refuse = (path: string, wanted: string): never => {
  throw new AppError("BAD_INPUT", `filter: ${path} must be ${wanted}. A filter is the JSON of the API's StarFilter.`);
};

const PLAIN = {
  number: { type: "number", wanted: "a number" },
  text: { type: "string", wanted: "text" },
  boolean: { type: "boolean", wanted: "true or false" },
} as const;

function checkName(value: unknown, path: string, { values, otherwise }: FilterNames): void {
  if (typeof value === "string" && Object.hasOwn(values, value)) return;
  refuse(path, `one of ${Object.keys(values).join(", ")}${otherwise ? ` (${otherwise})` : ""}`);
}

function checkEach(value: unknown, path: string, wanted: string, check: (one: unknown, path: string) => void): void {
  if (!Array.isArray(value)) refuse(path, `a list of ${wanted}`);
  for (const [index, one] of (value as unknown[]).entries()) check(one, `${path}[${index}]`);
}

function checkValue(value: unknown, path: string, takes: FilterFieldKind, depth: number): void {
  if (takes === "number" || takes === "text" || takes === "boolean") {
    const { type, wanted } = PLAIN[takes];
    if (typeof value !== type) refuse(path, wanted);
  } else if (takes === "filters") checkEach(value, path, takes, (one, at) => checkObject(one, at, STAR_FILTER, depth + 1));
  else if ("oneOf" in takes) checkName(value, path, takes.oneOf);
  else if ("someOf" in takes) checkEach(value, path, "names", (one, at) => checkName(one, at, takes.someOf));
  else checkObject(value, path, takes.object, depth);
}

function checkObject(value: unknown, path: string, { fields }: FilterObject, depth: number): void {
  if (depth > MAX_DEPTH) refuse(path, "written flatter");
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(path, "an object");
  const given = value as Record<string, unknown>;
  for (const [name, inner] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) refuse(path, `made of ${Object.keys(fields).join(", ")}; '${name.slice(0, 40)}' is none of them`);
    else if (inner !== null) checkValue(inner, `${path}.${name}`, field.takes, depth);
  }
  const needed = Object.keys(fields).filter((name) => fields[name]!.required);
  if (needed.some((name) => given[name] == null)) refuse(path, `an object with ${needed.join(" and ")}`);
}

/**
 * Reads a filter of stars from JSON of the same shape as the API's StarFilter.
 *
 * @throws AppError BAD_INPUT naming the place and what was expected there
 */
export function parseStarFilter(text: string): StarFilter {
  if (text.length > MAX_LENGTH) throw new AppError("BAD_INPUT", `filter: at most ${MAX_LENGTH} characters, not ${text.length}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("BAD_INPUT", `filter: not JSON (${(cause as Error).message}). Write it as {"photGMeanMag":{"max":12}}.`, { cause });
  }
  checkObject(value, "it", STAR_FILTER, 1);
  return value as StarFilter;
}
