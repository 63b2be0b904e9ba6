import { AppError } from "../errors";

/**
 * What one request may ask. Introspection by GraphiQL is 13 deep and needs about 300 tokens; armor exempts it from
 * the depth. The examples of the documentation stay below a tenth of every limit but the depth.
 */
export const QUERY_LIMITS = {
  /** levels of fields */
  depth: 10,
  aliases: 50,
  directives: 50,
  /** lexical tokens of the query text */
  tokens: 5_000,
  /** the sum over fields of what they cost, lists multiplied by their length: about a field value each */
  cost: 50_000,
  /** [byte] of the request's body */
  bodyBytes: 1_000_000,
} as const;

/** @throws AppError BAD_INPUT naming the argument and its bounds */
export function checkCount(argument: string, count: number, min: number, max: number): void {
  if (count >= min && count <= max) return;
  throw new AppError("BAD_INPUT", `\`${argument}\` must be from ${min} to ${max}, not ${count}. Ask for several pages.`);
}
