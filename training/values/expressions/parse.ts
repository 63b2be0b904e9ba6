import { ExpressionError, type Place } from "./expression-error";
import type { Sign, Syntax } from "./syntax";
import { type Token, tokensOf } from "./tokens";

/** Brackets within brackets: more are no formula, and would exhaust the stack. */
const DEEPEST = 50;

const OPERAND = "expected a number, a column's name, a function or '('";

/** Reads an expression from left to right; each method reads one level of precedence. */
class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(readonly text: string) {
    this.#tokens = tokensOf(text);
  }

  whole(): Syntax {
    const syntax = this.#sum();
    if (this.#token.kind !== "end") this.#fail("expected one of + - * / ^ or the end");
    return syntax;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!; // the last token is the end, which nothing takes
  }

  #fail(fault: string, { place } = this.#token): never {
    throw new ExpressionError(this.text, place, fault);
  }

  /** Takes the next token where it is one of these signs. */
  #take(...signs: readonly string[]): Token | null {
    const token = this.#token;
    if (token.kind !== "sign" || !signs.includes(token.text)) return null;
    this.#next++;
    return token;
  }

  #sum(): Syntax {
    return this.#leftToRight(["+", "-"], () => this.#product());
  }

  #product(): Syntax {
    return this.#leftToRight(["*", "/"], () => this.#signed());
  }

  #leftToRight(signs: readonly Sign[], operand: () => Syntax): Syntax {
    let left = operand();
    for (let sign = this.#take(...signs); sign; sign = this.#take(...signs)) left = binary(sign, left, operand());
    return left;
  }

  #signed(): Syntax {
    const sign = this.#take("-", "+");
    if (!sign) return this.#power();
    const operand = this.#deeper(() => this.#signed());
    return sign.text === "+" ? operand : { kind: "negative", operand, place: { start: sign.place.start, end: operand.place.end } };
  }

  /** 2 ^ 3 ^ 2 is 2 ^ 9, -2 ^ 2 is -4, and 2 ^ -1 a half, as in mathematics. */
  #power(): Syntax {
    const base = this.#operand();
    const sign = this.#take("^");
    return sign
      ? binary(
          sign,
          base,
          this.#deeper(() => this.#signed()),
        )
      : base;
  }

  #operand(): Syntax {
    const token = this.#token;
    if (token.kind === "number") return this.#number(token);
    if (token.kind === "name") return this.#nameOrCall(token);
    if (!this.#take("(")) this.#fail(OPERAND);
    const inner = this.#deeper(() => this.#sum());
    const { place } = this.#close("one of + - * / ^ or ')'");
    return { ...inner, ...(inner.kind !== "call" && { place: { start: token.place.start, end: place.end } }) };
  }

  #number({ text, place }: Token): Syntax {
    const value = Number(text);
    if (!Number.isFinite(value)) this.#fail("the number is too large");
    this.#next++;
    return { kind: "number", value, place };
  }

  #nameOrCall({ text, place }: Token): Syntax {
    this.#next++;
    if (!this.#take("(")) return { kind: "name", name: text, place };
    const operands: Syntax[] = [];
    this.#deeper(() => {
      do operands.push(this.#sum());
      while (this.#take(","));
    });
    this.#close("one of + - * / ^ , or ')'");
    return { kind: "call", name: text, operands, place };
  }

  #close(expected: string): Token {
    return this.#take(")") ?? this.#fail(`expected ${expected}`);
  }

  #deeper<Read>(read: () => Read): Read {
    if (++this.#depth > DEEPEST) this.#fail(`more than ${DEEPEST} brackets or signs within each other`);
    const result = read();
    this.#depth--;
    return result;
  }
}

function binary({ text }: Token, left: Syntax, right: Syntax): Syntax {
  return { kind: "binary", sign: text as Sign, left, right, place: placeAround(left, right) };
}

const placeAround = (left: Syntax, right: Syntax): Place => ({ start: left.place.start, end: right.place.end });

/**
 * @param text as `bp - rp`, `dereddened(absolute(ks))`
 * @throws ExpressionError BAD_INPUT naming the place and what was expected there
 */
export function parseExpression(text: string): Syntax {
  return new Parser(text).whole();
}
