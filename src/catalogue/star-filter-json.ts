import { AppError } from "../errors";
import { LABELS } from "../science/labels";
import { FILTER_COLUMNS, type StarFilter } from "./star-filter";
import { SURVEY_LABELS } from "./survey-label";

/** [characters] far more than an allowed filter needs */
const MAX_LENGTH = 20_000;
/** A little more than the allowed nesting: anything deeper is refused before it is traversed. */
const MAX_DEPTH = 10;

type Json = Record<string, unknown>;
type Check = (value: unknown, path: string) => void;

const refuse = (path: string, wanted: string): never => {
  throw new AppError("BAD_INPUT", `filter: ${path} must be ${wanted}. A filter is the JSON of the API's StarFilter.`);
};

function checkObject(value: unknown, path: string, fields: Readonly<Record<string, Check>>): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(path, "an object");
  for (const [name, inner] of Object.entries(value as Json)) {
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!check) refuse(path, `made of ${Object.keys(fields).join(", ")}; '${name.slice(0, 40)}' is none of them`);
    if (inner !== null) check?.(inner, `${path}.${name}`);
  }
}

const checkNumber: Check = (value, path) => typeof value === "number" || refuse(path, "a number");
const checkBoolean: Check = (value, path) => typeof value === "boolean" || refuse(path, "true or false");
const checkText: Check = (value, path) => typeof value === "string" || refuse(path, "text");
const LABEL_NAMES: readonly string[] = [...new Set([...Object.keys(SURVEY_LABELS), ...LABELS.map(({ name }) => name)])];
const checkLabel: Check = (value, path) =>
  (typeof value === "string" && LABEL_NAMES.includes(value)) ||
  refuse(path, `one of ${LABEL_NAMES.join(", ")} (a survey's own label goes under ownLabel)`);

const RANGE = { min: checkNumber, max: checkNumber };
const checkRange: Check = (value, path) => checkObject(value, path, RANGE);

const checkSurveyLabel: Check = (value, path) => {
  checkObject(value, path, { ...RANGE, survey: checkText, label: checkLabel, ownLabel: checkText });
  const { survey, label, ownLabel } = value as Json;
  if (survey == null || (label ?? ownLabel) == null) refuse(path, "with a survey and a label");
};

const checkAlternatives =
  (depth: number): Check =>
  (value, path) => {
    if (!Array.isArray(value)) refuse(path, "a list of filters");
    for (const [index, one] of (value as unknown[]).entries()) checkFilter(one, `${path}[${index}]`, depth + 1);
  };

function checkFilter(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) refuse(path, "written flatter");
  checkObject(value, path, {
    ...Object.fromEntries(FILTER_COLUMNS.map((name) => [name, checkRange])),
    position: (inner, at) => checkObject(inner, at, { ra: checkRange, dec: checkRange }),
    surveyLabel: checkSurveyLabel,
    synthetic: checkBoolean,
    and: checkAlternatives(depth),
    or: checkAlternatives(depth),
  });
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
  checkFilter(value, "it", 1);
  return value as StarFilter;
}
