import type { ColumnNames } from "./column-names";
import { nearest } from "./column-names";
import { ExpressionError, type Place } from "./expression-error";
import { FUNCTIONS } from "./functions";
import type { Operation } from "./operations";
import { parseExpression } from "./parse";
import type { Quantity } from "./quantity";
import type { RawColumn } from "./raw-column";
import type { Sign, Syntax } from "./syntax";
import type { Term, Terms } from "./term";
import { type Unit, unitOf, unitText } from "./unit";
import { unitOfOperation } from "./unit-of-operation";

/** What expressions are read with. */
export interface Scope {
  readonly names: ColumnNames;
  /** A_band / E(B-V) by a column's name; before that of the column itself */
  readonly extinction: ReadonlyMap<string, number>;
  readonly terms: Terms;
}

const SIGNS: Readonly<Record<Sign, Operation>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "^": "power" };

/** Gives an expression's names and signs their meaning: terms with units. */
export class Derivation {
  readonly terms: Terms;
  /** E(B-V) [mag], inside dereddened(...) */
  #reddening: Term | null = null;
  /** bands that were de-reddened */
  #bands = 0;

  constructor(
    readonly text: string,
    readonly scope: Scope,
  ) {
    this.terms = scope.terms;
  }

  fail(fault: string, place: Place): never {
    throw new ExpressionError(this.text, place, fault);
  }

  of(syntax: Syntax): Quantity {
    const { place } = syntax;
    switch (syntax.kind) {
      case "number":
        return { term: this.terms.constant(syntax.value), unit: null, place };
      case "name":
        return this.#band(this.column(syntax.name, place), place);
      case "negative":
        return this.apply("multiply", place, this.of(syntax.operand), this.number(-1, place));
      case "binary":
        return this.apply(SIGNS[syntax.sign], place, this.of(syntax.left), this.of(syntax.right));
      case "call":
        return this.#call(syntax);
    }
  }

  column(name: string, place: Place): RawColumn {
    const found = this.scope.names.find(name);
    return "column" in found ? found.column : this.fail(found.fault, place);
  }

  /** A column as it is, whatever it is inside of. */
  read(column: RawColumn, place: Place): Quantity {
    return { term: this.terms.column(column), unit: unitOf(column.unit), place };
  }

  number(value: number, place: Place): Quantity {
    return { term: this.terms.constant(value), unit: null, place };
  }

  apply(operation: Operation, place: Place, ...operands: readonly Quantity[]): Quantity {
    const unit = unitOfOperation(operation, operands, (fault, quantity) => this.fail(fault, quantity?.place ?? place));
    const term = this.terms.apply(operation, ...operands.map((operand) => operand.term));
    const divisor = operation === "divide" ? operands[1]!.term : null;
    if (divisor?.kind === "constant" && divisor.value === 0) this.fail("a division by zero has no value", place);
    if (term.kind === "constant" && !Number.isFinite(term.value)) this.fail("this has no value", place);
    return { term, unit, place };
  }

  /** The same term under another unit. */
  withUnit({ term, place }: Quantity, unit: Unit): Quantity {
    return { term, unit, place };
  }

  /** @throws ExpressionError if the quantity has another unit; a number as written takes any */
  expect({ unit, place }: Quantity, wanted: readonly string[], what: string): void {
    if (unit !== null && !wanted.includes(unitText(unit)))
      this.fail(`${what} is expected in ${wanted.join(" or ")}, not ${unitText(unit)}`, place);
  }

  /** Reads a piece whose bands are all corrected for extinction; E(B-V) is given as a term [mag]. */
  dereddened(syntax: Syntax, reddening: Term, place: Place): Quantity {
    if (this.#reddening) this.fail("this is de-reddened already", place);
    this.#reddening = reddening;
    const before = this.#bands;
    const quantity = this.of(syntax);
    this.#reddening = null;
    if (this.#bands === before) this.fail("dereddened(...) expects a magnitude in a band inside its brackets", syntax.place);
    return quantity;
  }

  #band(column: RawColumn, place: Place): Quantity {
    const observed = this.read(column, place);
    if (!this.#reddening || column.unit !== "mag") return observed;
    const coefficient = this.scope.extinction.get(column.name) ?? column.extinction;
    if (coefficient === undefined)
      this.fail(
        `no extinction coefficient A/E(B-V) is known for ${column.name}; the study states one as extinction: { ${column.name}: 2.5 }`,
        place,
      );
    this.#bands++;
    const dust = this.terms.apply("multiply", this.#reddening, this.terms.constant(coefficient));
    return { ...observed, term: this.terms.apply("subtract", observed.term, dust) };
  }

  #call({ name, operands, place }: Syntax & { readonly kind: "call" }): Quantity {
    const known = FUNCTIONS[name.toLowerCase()];
    if (!known) {
      const near = nearest(name, Object.keys(FUNCTIONS));
      this.fail(
        `there is no function '${name}'${near ? `; did you mean ${near}?` : "."} There are ${Object.keys(FUNCTIONS).join(", ")}`,
        place,
      );
    }
    const [fewest, most] = known.operands;
    if (operands.length < fewest || operands.length > most)
      this.fail(
        `${known.usage} is expected, with ${fewest === most ? fewest : `${fewest} to ${most}`} in its brackets, not ${operands.length}`,
        place,
      );
    return { ...known.derive(this, operands, place), place };
  }
}

/** @throws ExpressionError at the first piece that cannot be read or has no meaning */
export function deriveExpression(text: string, scope: Scope): Quantity {
  return new Derivation(text, scope).of(parseExpression(text));
}
