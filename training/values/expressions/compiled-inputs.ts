import { AppError } from "../../../src/errors";
import type { Input } from "../../../src/features/feature-set";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { type EmittedInputs, emitInputs } from "./emit-inputs";
import type { RawColumn } from "./raw-column";
import type { StudyInput } from "./study-inputs";
import { canBeMissing, type Term } from "./term";

/** One input of a compiled list. */
export interface CompiledInput extends Input {
  readonly expression: string;
  /** indices into the raw columns that it reads */
  readonly reads: readonly number[];
  /** whether it is NaN where raw columns are missing; missing(x) and fill(x, 0) never are */
  readonly canBeMissing: boolean;
}

/** A study's inputs, ready to be written into any graph: the one way in which they are computed. */
export interface CompiledInputs {
  /** [F] */
  readonly inputs: readonly CompiledInput[];
  /** [C] the raw columns that are needed, in the order of the scope they were read in */
  readonly columns: readonly RawColumn[];
  /** Declares one float32 input [N] a raw column, and adds what computes the inputs of them. */
  emit(graph: OnnxModel): EmittedInputs;
}

/** Each column's term, found among those that the inputs share. */
function columnTerms(terms: readonly Term[], found: Map<RawColumn, Term & { kind: "column" }> = new Map()) {
  for (const term of terms) {
    if (term.kind === "column") found.set(term.column, term);
    if (term.kind === "operation") columnTerms(term.operands, found);
  }
  return found;
}

/** What an artifact calls its outputs, and so no column can be called. */
const RESERVED = /^(value|error|inputs|outside|(probabilities|vector)_.*)$/;

function refuseReserved(columns: readonly RawColumn[]): void {
  const reserved = columns.find(({ name }) => RESERVED.test(name));
  if (reserved)
    throw new AppError(
      "BAD_INPUT",
      `A column cannot be called '${reserved.name}', as models call an output: give it another name in the mapping.`,
    );
}

/**
 * @param order all raw columns there are, as `readInputs` was given them
 * @throws AppError BAD_INPUT if a column has the name of an artifact's output
 */
export function compileInputs(inputs: readonly StudyInput[], order: readonly RawColumn[]): CompiledInputs {
  const terms = columnTerms(inputs.map(({ term }) => term));
  const columns = order.filter((column) => terms.has(column));
  refuseReserved(columns);
  const place = new Map(columns.map((column, index) => [column, index]));
  return {
    columns,
    inputs: inputs.map(({ name, unit, description, expression, term, reads }) => ({
      name,
      unit,
      description,
      expression,
      reads: [...reads].map((column) => place.get(column)!).sort((left, right) => left - right),
      canBeMissing: canBeMissing(term),
    })),
    emit(graph) {
      const raw: Value[] = columns.map(({ name }) => graph.input(name, ["N"]));
      return emitInputs(
        graph,
        inputs.map(({ term }) => term),
        columns.map((column) => terms.get(column)!),
        raw,
      );
    },
  };
}
