import { OPERATIONS, type Operation } from "./operations";
import type { RawColumn } from "./raw-column";

/** A node of what is computed, shared by all inputs that need it: two with the same number are the same. */
export type Term = { readonly number: number } & (
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "column"; readonly column: RawColumn }
  | { readonly kind: "operation"; readonly operation: Operation; readonly operands: readonly Term[] }
);

type Plain = { readonly kind: "constant"; readonly value: number };
const isConstant = (term: Term): term is Term & Plain => term.kind === "constant";

/** Operations whose operands may change places, and whose constants may be joined. */
const JOINED: readonly Operation[] = ["add", "multiply"];
const NEUTRAL: Readonly<Partial<Record<Operation, number>>> = { add: 0, multiply: 1 };

/** Makes terms, each only once, and works out what is constant. */
export class Terms {
  readonly #known = new Map<string, Term>();

  constant(value: number): Term {
    return this.#once(`${value}`, (number) => ({ number, kind: "constant", value }));
  }

  column(column: RawColumn): Term {
    return this.#once(`column ${column.name}`, (number) => ({ number, kind: "column", column }));
  }

  apply(operation: Operation, ...operands: readonly Term[]): Term {
    if (operands.every(isConstant)) return this.constant(OPERATIONS[operation].ofNumbers(...operands.map(({ value }) => value)));
    const [left, right] = operands;
    if (operation === "subtract" && isConstant(right!)) return this.apply("add", left!, this.constant(-right.value));
    if (operation === "divide" && isConstant(right!)) return this.apply("multiply", left!, this.constant(1 / right.value));
    return JOINED.includes(operation) ? this.#joined(operation, left!, right!) : this.#operation(operation, operands);
  }

  /** (x + 1) + 2 is x + 3, and 2 * x the same as x * 2. */
  #joined(operation: Operation, left: Term, right: Term): Term {
    if (isConstant(left)) return this.#joined(operation, right, left);
    if (!isConstant(right)) return this.#operation(operation, left.number < right.number ? [left, right] : [right, left]);
    if (right.value === NEUTRAL[operation]) return left;
    if (left.kind === "operation" && left.operation === operation && isConstant(left.operands[1]!))
      return this.#joined(operation, left.operands[0]!, this.apply(operation, left.operands[1], right));
    return this.#operation(operation, [left, right]);
  }

  #operation(operation: Operation, operands: readonly Term[]): Term {
    const key = `${operation} ${operands.map(({ number }) => number).join(" ")}`;
    return this.#once(key, (number) => ({ number, kind: "operation", operation, operands }));
  }

  #once(key: string, make: (number: number) => Term): Term {
    const known = this.#known.get(key);
    if (known) return known;
    const made = make(this.#known.size);
    this.#known.set(key, made);
    return made;
  }
}

/** Every column that a term reads, each once. */
export function columnsOf(term: Term, found: Set<RawColumn> = new Set()): Set<RawColumn> {
  if (term.kind === "column") found.add(term.column);
  if (term.kind === "operation") for (const operand of term.operands) columnsOf(operand, found);
  return found;
}

/** Whether a term is NaN where a column is missing: missing(x) never is, nor is x filled with a number. */
export function canBeMissing(term: Term): boolean {
  if (term.kind !== "operation") return term.kind === "column";
  if (term.operation === "missing") return false;
  const [first, ...rest] = term.operands.map(canBeMissing);
  return term.operation === "fill" ? first! && rest.includes(true) : first! || rest.includes(true) || OPERATIONS[term.operation].partial;
}
