import { ExpressionError, type Place } from "./expression-error";

export interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  /** a name without its quotes; the sign itself */
  readonly text: string;
  readonly place: Place;
}

const SPACE = /\s+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_]\w*/y;
/** Columns whose names are no words are quoted: "u-g", `2mass j`. */
const QUOTED = /"([^"]+)"|`([^`]+)`/y;
const SIGN = /\*\*|[-+*/^(),]/y;

/** The match of a sticky pattern at a position. */
function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function tokenAt(text: string, start: number): Token {
  const token = (kind: Token["kind"], match: RegExpExecArray, content = match[0]): Token => ({
    kind,
    text: content,
    place: { start, end: start + match[0].length },
  });
  const quoted = matchAt(QUOTED, text, start);
  if (quoted) return token("name", quoted, quoted[1] ?? quoted[2]);
  const number = matchAt(NUMBER, text, start);
  if (number) return token("number", number);
  const name = matchAt(NAME, text, start);
  if (name) return token("name", name);
  const sign = matchAt(SIGN, text, start);
  if (sign) return token("sign", sign, sign[0] === "**" ? "^" : sign[0]);
  const unclosed = text[start] === '"' || text[start] === "`";
  const fault = unclosed ? "the quote is never closed" : "expected a number, a column's name, a function or one of + - * / ^ ( ) ,";
  throw new ExpressionError(text, { start, end: start + 1 }, fault);
}

/** @throws ExpressionError at the first character that begins nothing */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += matchAt(SPACE, text, position)?.[0].length ?? 0;
    if (position >= text.length) break;
    const token = tokenAt(text, position);
    tokens.push(token);
    position = token.place.end;
  }
  return [...tokens, { kind: "end", text: "", place: { start: text.length, end: text.length } }];
}
