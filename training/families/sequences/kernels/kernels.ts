import { readFileSync } from "node:fs";
import path from "node:path";

/** Bytes from the start of the kernels' memory; 0 is nowhere. */
export type Pointer = number;

/** What training/families/sequences/kernels/assembly exports; what each does stands there. */
export interface Kernels {
  gruForward(...args: [...OfSequences, gates: Pointer, recurrent: Pointer, states: Pointer, before: Pointer, reset: Pointer]): void;
  gruBackward(...args: [...OfSequences, gates: Pointer, transposed: Pointer, before: Pointer, slopes: Pointer, scratch: Pointer]): void;
  lstmForward(
    ...args: [...OfSequences, gates: Pointer, recurrent: Pointer, states: Pointer, before: Pointer, ...Cells, cell: Pointer]
  ): void;
  lstmBackward(...args: [...OfSequences, gates: Pointer, transposed: Pointer, ...Cells, slopes: Pointer, scratch: Pointer]): void;
  addProducts(rows: number, size: number, columns: number, x: Pointer, matrix: Pointer, y: Pointer): void;
  addOuterProducts(...args: [rows: number, size: number, columns: number, x: Pointer, ...Strided, ...Strided]): void;
  addRows(rows: number, columns: number, d: Pointer, total: Pointer): void;
  repeatRow(rows: number, columns: number, row: Pointer, y: Pointer): void;
  copyColumns(rows: number, columns: number, from: Pointer, fromStride: number, to: Pointer, toStride: number): void;
  transpose(rows: number, columns: number, matrix: Pointer, transposed: Pointer): void;
  scaleSequences(sequences: number, starts: Pointer, columns: number, factors: Pointer, x: Pointer): void;
  attentionForward(...args: [...OfHeads, projected: Pointer, attention: Pointer, mixed: Pointer]): void;
  attentionBackward(
    ...args: [...OfHeads, projected: Pointer, attention: Pointer, slopes: Pointer, projectedSlopes: Pointer, scratch: Pointer]
  ): void;
  normaliseRows(
    ...args: [rows: number, columns: number, x: Pointer, gain: Pointer, bias: Pointer, y: Pointer, standard: Pointer, inverse: Pointer]
  ): void;
  normaliseRowsBackward(
    ...args: [
      ...[rows: number, columns: number, slopes: Pointer, gain: Pointer, standard: Pointer, inverse: Pointer],
      ...[xSlopes: Pointer, gainSlopes: Pointer, biasSlopes: Pointer],
    ]
  ): void;
  rectify(length: number, x: Pointer): void;
  rectifyBackward(length: number, rectified: Pointer, slopes: Pointer): void;
  addNumbers(length: number, x: Pointer, y: Pointer): void;
  poolMean(sequences: number, starts: Pointer, columns: number, x: Pointer, pooled: Pointer): void;
  spreadMean(sequences: number, starts: Pointer, columns: number, slopes: Pointer, x: Pointer): void;
}

/** What every recurrent kernel begins with. */
type OfSequences = [sequences: number, starts: Pointer, isReversed: boolean, units: number];

/** What the attention kernels begin with. */
type OfHeads = [sequences: number, starts: Pointer, heads: number, size: number];

/** What an LSTM keeps of its cells. */
type Cells = [cellsBefore: Pointer, squashed: Pointer];

/** A part of a matrix's columns: where it begins, and how far its rows are apart. */
type Strided = [columns: Pointer, stride: number];

/** Version of what runs them, as a manifest keeps it: V8 makes machine code of WebAssembly. */
export const KERNEL_LIBRARY: Readonly<Record<string, string>> = { v8: process.versions.v8 };

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Vectors of four single-precision numbers are read fastest where they do not straddle a boundary of 16 bytes. */
const ALIGNMENT = 16;

/** Compiled once a process; compile.mjs puts it there when asterism is built. */
let compiled: WebAssembly.Module | null = null;

function compile(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(path.join(__dirname, "kernels.wasm")));
  return compiled;
}

/** The kernels and the memory they work in: it only grows, and goes with the last reference to it. */
export class KernelMemory {
  readonly kernels: Kernels;
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  #end = ALIGNMENT;

  constructor() {
    const abort = () => {
      throw new Error("A kernel aborted.");
    };
    const instance = new WebAssembly.Instance(compile(), { env: { memory: this.#memory, abort } });
    this.kernels = instance.exports as unknown as Kernels;
  }

  /** @returns room for so many numbers, all 0 */
  allocate(length: number): Block {
    const pointer = this.#end;
    this.#end += Math.ceil((4 * length) / ALIGNMENT) * ALIGNMENT;
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return new Block(this.#memory, pointer, length);
  }
}

/** A run of numbers in the kernels' memory. */
export class Block {
  constructor(
    private readonly memory: WebAssembly.Memory,
    readonly pointer: Pointer,
    readonly length: number,
  ) {}

  /** Take it after the last allocation: when the memory grows, older views are cut off. */
  get floats(): Float32Array {
    return new Float32Array(this.memory.buffer, this.pointer, this.length);
  }

  get integers(): Int32Array {
    return new Int32Array(this.memory.buffer, this.pointer, this.length);
  }
}
