import { AppError } from "../../../src/errors";
import type { Input } from "../../../src/features/feature-set";
import { ColumnNames } from "./column-names";
import { deriveExpression, type Scope } from "./derive";
import { ExpressionError } from "./expression-error";
import type { RawColumn } from "./raw-column";
import { columnsOf, type Term, Terms } from "./term";
import { PURE, unitText } from "./unit";

/** An input as a study states it. */
export interface InputSource {
  /** the expression itself when left out */
  readonly name?: string;
  readonly expression: string;
  readonly description?: string;
}

/** An input with its meaning. */
export interface StudyInput extends Input {
  readonly expression: string;
  readonly term: Term;
  /** the raw columns that it reads */
  readonly reads: ReadonlySet<RawColumn>;
}

/** Raw columns, and what the study says about them. */
export interface InputScope {
  readonly columns: readonly RawColumn[];
  /** the study's own A_band / E(B-V), by a column's name in any spelling */
  readonly extinction?: Readonly<Record<string, number>>;
}

function coefficients(names: ColumnNames, given: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const entries = Object.entries(given).map(([name, coefficient]) => {
    const found = names.find(name);
    const refuse = (fault: string): never => {
      throw new AppError("BAD_INPUT", `extinction.${name}: ${fault}.`);
    };
    if (!("column" in found)) return refuse(found.fault);
    if (found.column.unit !== "mag") return refuse(`a magnitude is expected, and ${found.column.name} is in ${found.column.unit}`);
    if (!Number.isFinite(coefficient) || coefficient < 0) return refuse(`A/E(B-V) is expected, a number from 0, not ${coefficient}`);
    return [found.column.name, coefficient] as const;
  });
  return new Map(entries);
}

function studyInput({ name, expression, description }: InputSource, scope: Scope): StudyInput {
  const { term, unit, place } = deriveExpression(expression, scope);
  const reads = columnsOf(term);
  if (reads.size === 0) throw new ExpressionError(expression, place, "an input is expected to read a column");
  const plain = term.kind === "column" ? term.column.description : expression;
  return { name: name ?? expression, unit: unitText(unit ?? PURE), description: description ?? plain, expression, term, reads };
}

function refuseRepeated(inputs: readonly StudyInput[]): void {
  const names = new Set<string>();
  for (const { name } of inputs) {
    if (names.has(name)) throw new AppError("BAD_INPUT", `Two inputs are called '${name}'. Leave one out, or name it: other: expression.`);
    names.add(name);
  }
}

/**
 * Reads a study's inputs.
 *
 * @throws AppError BAD_INPUT (for a fault in an expression: ExpressionError) naming the place and what was expected
 */
export function readInputs(sources: readonly InputSource[], { columns, extinction = {} }: InputScope): StudyInput[] {
  if (sources.length === 0) throw new AppError("BAD_INPUT", "A study has at least one input: inputs: [bp - rp].");
  const names = new ColumnNames(columns);
  const scope: Scope = { names, extinction: coefficients(names, extinction), terms: new Terms() };
  const inputs = sources.map((source) => studyInput(source, scope));
  refuseRepeated(inputs);
  return inputs;
}
