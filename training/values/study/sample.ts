import type { Cut } from "../../../src/catalogue/labels/label-cuts";
import type { Manifest } from "../../../src/models/registry/manifest";
import type { RawColumn } from "../expressions/raw-column";

/** Where the stars came from, as the manifest of what they train will say. */
export type Origin = Pick<Manifest["data"], "source" | "path" | "layout" | "idColumn" | "sha256" | "synthetic">;

/** A quantity to learn. */
export interface SampleQuantity {
  readonly name: string;
  readonly unit: string;
  /** what the table calls it */
  readonly column: string;
  /** [rows] NaN where unknown */
  readonly values: Float64Array;
  /** [rows] of the values, as the survey states them; NaN where unknown, null where none is stated */
  readonly errors: Float64Array | null;
}

/** Classes to learn. */
export interface SampleClasses {
  readonly name: string;
  readonly column: string;
  /** by name */
  readonly classes: readonly string[];
  /** [rows] index of the row's class, -1 where unknown */
  readonly values: Int32Array;
}

/** Stars to learn from and to test on, as raw columns. */
export interface Sample extends Origin {
  readonly columns: readonly RawColumn[];
  /** [rows, columns] row by row, NaN where missing */
  readonly raw: Float32Array;
  /** [rows] */
  readonly ids: readonly string[];
  /** [rows] equal for rows of the same star */
  readonly starKeys: readonly string[];
  readonly quantities: readonly SampleQuantity[];
  readonly classes: readonly SampleClasses[];
  /** what each cut took, in order */
  readonly cuts: readonly Cut[];
}

/** Counts what is left behind each cut. */
export class CutCounter {
  readonly #kept: number[];

  constructor(readonly names: readonly string[]) {
    this.#kept = names.map(() => 0);
  }

  /** Counts a row that passed the cuts before `passed`. */
  add(passed: number): void {
    for (let cut = 0; cut < passed; cut++) this.#kept[cut]!++;
  }

  cuts(): Cut[] {
    return this.names.map((name, index) => ({
      name,
      kept: this.#kept[index]!,
      lost: index === 0 ? 0 : this.#kept[index - 1]! - this.#kept[index]!,
    }));
  }
}

/** Joins chunks of rows. */
export function joinRows(chunks: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let filled = 0;
  for (const chunk of chunks) {
    joined.set(chunk, filled);
    filled += chunk.length;
  }
  return joined;
}
