import type { Random } from "../../../../src/science/random";
import type { Block, KernelMemory } from "../kernels/kernels";
import type { Parameter } from "../parameter";
import type { RaggedBatch } from "../ragged-batch";
import type { Capacity } from "../sequence-network";
import { DenseLayer } from "./dense-layer";

/** Every point of a sequence asks every other (Vaswani et al. 2017): queries, keys and values, several heads, and a last linear map. */
export class AttentionLayer {
  readonly #project: DenseLayer;
  readonly #mix: DenseLayer;
  readonly #attention: Block;
  readonly #mixed: Block;
  readonly #mixedSlopes: Block;
  readonly #projectedSlopes: Block;
  readonly #scratch: Block;
  readonly #heads: readonly [heads: number, size: number];

  /** @param width of a point; each head has width / heads of it, a multiple of 4 */
  constructor(
    private readonly memory: KernelMemory,
    width: number,
    heads: number,
    { rows, longest }: Capacity,
    random: Random,
  ) {
    if (width % (4 * heads) !== 0) throw new RangeError(`${heads} heads want a width that is a multiple of ${4 * heads}, not ${width}.`);
    this.#heads = [heads, width / heads];
    this.#project = new DenseLayer(memory, width, 3 * width, rows, random);
    this.#mix = new DenseLayer(memory, width, width, rows, random);
    this.#attention = memory.allocate(heads * rows * (longest + 3));
    this.#mixed = memory.allocate(rows * width);
    this.#mixedSlopes = memory.allocate(rows * width);
    this.#projectedSlopes = memory.allocate(rows * 3 * width);
    this.#scratch = memory.allocate(longest);
  }

  get parameters(): readonly Parameter[] {
    return [...this.#project.parameters, ...this.#mix.parameters];
  }

  /** @param x [rows, width] @returns [rows, width] */
  forward({ sequences, rows, starts }: RaggedBatch, x: Block): Block {
    const projected = this.#project.forward(rows, x);
    const places = [projected.pointer, this.#attention.pointer, this.#mixed.pointer] as const;
    this.memory.kernels.attentionForward(sequences, starts.pointer, ...this.#heads, ...places);
    return this.#mix.forward(rows, this.#mixed);
  }

  /** @param slopes the loss's gradient by the outputs @param xSlopes to which that by x is added */
  backward({ sequences, rows, starts }: RaggedBatch, x: Block, slopes: Block, xSlopes: Block): void {
    this.#mixedSlopes.floats.subarray(0, rows * this.#mix.size).fill(0);
    this.#mix.backward(rows, this.#mixed, slopes, this.#mixedSlopes);
    const kept = [this.#project.outputs.pointer, this.#attention.pointer, this.#mixedSlopes.pointer] as const;
    const into = [this.#projectedSlopes.pointer, this.#scratch.pointer] as const;
    this.memory.kernels.attentionBackward(sequences, starts.pointer, ...this.#heads, ...kept, ...into);
    this.#project.backward(rows, x, this.#projectedSlopes, xSlopes);
  }
}
