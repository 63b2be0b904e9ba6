import { type CompiledInputs, compileInputs } from "../../training/values/expressions/compiled-inputs";
import { computeInputs } from "../../training/values/expressions/compute-inputs";
import type { RawColumn } from "../../training/values/expressions/raw-column";
import { STELLAR_RAW_COLUMNS } from "../../training/values/expressions/stellar-columns";
import { type InputSource, readInputs } from "../../training/values/expressions/study-inputs";

export interface Given {
  readonly columns?: readonly RawColumn[];
  readonly extinction?: Readonly<Record<string, number>>;
}

/** `bp - rp`, or with a name, as YAML reads `colour: bp - rp`. */
export type ListedInput = string | Readonly<Record<string, string>>;

function sourcesOf(listed: ListedInput): InputSource[] {
  if (typeof listed === "string") return [{ expression: listed }];
  return Object.entries(listed).map(([name, expression]) => ({ name, expression }));
}

/** Compiles expressions as a study's list of inputs. */
export function compiled(expressions: readonly ListedInput[], { columns = STELLAR_RAW_COLUMNS, extinction }: Given = {}): CompiledInputs {
  const sources = expressions.flatMap(sourcesOf);
  return compileInputs(readInputs(sources, { columns, ...(extinction && { extinction }) }), columns);
}

/** A row of raw values by column; absent where missing. */
export type Row = Readonly<Record<string, number | null>>;

/** @returns [N, C] in the order of the compiled columns */
export function matrix({ columns }: CompiledInputs, rows: readonly Row[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => columns.map(({ name }) => row[name] ?? Number.NaN)));
}

/** The inputs of some rows, as the graph computes them. */
export async function inputsOf(expressions: readonly ListedInput[], rows: readonly Row[], given: Given = {}): Promise<number[][]> {
  const inputs = compiled(expressions, given);
  const flat = await computeInputs(inputs, matrix(inputs, rows));
  return rows.map((_, row) => [...flat.subarray(row * inputs.inputs.length, (row + 1) * inputs.inputs.length)]);
}
