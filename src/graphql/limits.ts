import { AppError } from "../errors";

/**
 * Limits of one request. GraphiQL's introspection query is 13 deep and has about 300 tokens; armor exempts it from
 * the depth limit. The documented examples stay below a tenth of every limit except depth.
 */
export const QUERY_LIMITS = {
  /** nesting of fields */
  depth: 10,
  aliases: 50,
  directives: 50,
  /** lexical tokens of the query text */
  tokens: 5_000,
  /** total cost of the fields, with lists multiplied by their length: about one per returned value */
  cost: 50_000,
  /** cost of a query from which on few run at once, so that cheap ones need not wait for them: 20 ms */
  dear: 5_000,
  /** [byte] size of the request body */
  bodyBytes: 1_000_000,
  /** characters of the query text: 5,000 tokens are 40,000 in a hand-written query */
  characters: 100_000,
  /** brackets within brackets in the query text: fields, arguments, lists and objects */
  brackets: 50,
  /** fields beside another one of the same name in the answer, which graphql-js compares pair by pair */
  repeats: 10,
  /** uses of fragments by name, which are compared likewise */
  spreads: 25,
  /** faults that an answer lists; each wrong name is compared with all names that there are */
  listedFaults: 10,
} as const;

/**
 * Limits of a request's JSON, most of which is its variables. The largest honest ones are a page of a thousand stars to
 * predict for, with 31 values each, and a list of ids as long as a page.
 */
export const JSON_LIMITS = {
  /** lists and objects within each other; a filter's own limit is lower */
  depth: 25,
  /** of one list or object: the longest page that ASTERISM_MAX_PAGE_SIZE allows */
  entries: 10_000,
  /** objects beyond one for each star of a page; checking the type of one takes up to 20 microseconds */
  objectsBesidePage: 100,
  /** numbers, texts, lists and objects together, about */
  values: 50_000,
  /** different names of members: all input types together have fewer than 150 */
  names: 500,
} as const;

/** Wrong values of variables that an answer lists; making the error of each takes 30 microseconds. */
export const LISTED_FAULTS = 5;

/** @throws AppError BAD_INPUT naming the argument and its bounds */
export function checkCount(argument: string, count: number, min: number, max: number): void {
  if (count >= min && count <= max) return;
  throw new AppError("BAD_INPUT", `\`${argument}\` must be from ${min} to ${max}, not ${count}. Ask for several pages.`);
}
