import { Lexer, Source, type Token, TokenKind } from "graphql";
import { QUERY_LIMITS as LIMITS } from "../limits";
import { tooLarge } from "./too-large";

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** @returns null where the text is not GraphQL: the parser says why */
function nextToken(lexer: Lexer): Token | null {
  try {
    return lexer.advance();
  } catch {
    return null;
  }
}

/** @returns brackets within brackets; counting stops where the parser stops */
function nesting(text: string): number {
  const lexer = new Lexer(new Source(text));
  let [depth, deepest] = [0, 0];
  for (let tokens = 0; tokens <= LIMITS.tokens && deepest <= LIMITS.brackets; tokens++) {
    const token = nextToken(lexer);
    if (token === null || token.kind === TokenKind.EOF) break;
    if (OPENING.has(token.kind)) deepest = Math.max(deepest, ++depth);
    else if (CLOSING.has(token.kind)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/**
 * Bounds a query's text before it is parsed: the parser, and everything after it, calls itself for every level of nesting.
 * The number of tokens, which the parser limits, bounds the lists in it.
 *
 * @param text what a request gave as its query; anything but text is refused elsewhere
 * @throws GraphQLError REQUEST_TOO_LARGE, status 400
 */
export function checkQuerySize(text: unknown): void {
  if (typeof text !== "string") return;
  if (text.length > LIMITS.characters) tooLarge("The query's text", `${LIMITS.characters} characters`, `${text.length}`);
  if (nesting(text) > LIMITS.brackets) tooLarge("The query's text", `${LIMITS.brackets} brackets within each other`, "more");
}
