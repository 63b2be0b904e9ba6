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
  /** [byte] size of the request body */
  bodyBytes: 1_000_000,
} as const;

/** @throws AppError BAD_INPUT naming the argument and its bounds */
export function checkCount(argument: string, count: number, min: number, max: number): void {
  if (count >= min && count <= max) return;
  throw new AppError("BAD_INPUT", `\`${argument}\` must be from ${min} to ${max}, not ${count}. Ask for several pages.`);
}
