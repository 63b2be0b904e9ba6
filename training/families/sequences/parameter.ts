import type { Random } from "../../../src/science/random";
import type { Block, KernelMemory } from "./kernels/kernels";

/** Numbers that training finds, and the loss's gradient by them. */
export interface Parameter {
  readonly values: Block;
  readonly gradient: Block;
  /** whether weight decay shrinks it: kernels, not biases */
  readonly decays: boolean;
}

export function parameter(memory: KernelMemory, start: Float32Array, decays: boolean): Parameter {
  const values = memory.allocate(start.length);
  values.floats.set(start);
  return { values, gradient: memory.allocate(start.length), decays };
}

/** Glorot & Bengio (2010): uniform, of a variance that keeps the signal's. @returns [rows, columns] */
export function glorotUniform(rows: number, columns: number, fanOut: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (rows + fanOut));
  return Float32Array.from({ length: rows * columns }, () => random.between(-limit, limit));
}

function orthogonal(size: number, random: Random): Float64Array[] {
  const rows: Float64Array[] = [];
  while (rows.length < size) {
    const row = Float64Array.from({ length: size }, () => random.normal());
    for (const other of rows) {
      const shared = row.reduce((sum, value, index) => sum + value * other[index]!, 0);
      for (let index = 0; index < size; index++) row[index]! -= shared * other[index]!;
    }
    const norm = Math.hypot(...row);
    // Almost within the span of the others: its rest is rounding noise, so another is drawn.
    if (norm > 1e-6) rows.push(row.map((value) => value / norm));
  }
  return rows;
}

/** An orthogonal matrix for each gate (Saxe et al. 2014): what is carried along a sequence neither grows nor fades. @returns [units, gates units] */
export function orthogonalGates(units: number, gates: number, random: Random): Float32Array {
  const matrices = Array.from({ length: gates }, () => orthogonal(units, random));
  return Float32Array.from({ length: units * gates * units }, (_, index) => {
    const [row, column] = [Math.floor(index / (gates * units)), index % (gates * units)];
    return matrices[Math.floor(column / units)]![row]![column % units]!;
  });
}
