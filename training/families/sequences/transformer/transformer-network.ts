import type { Random } from "../../../../src/science/random";
import { Head } from "../head";
import { type Block, KernelMemory } from "../kernels/kernels";
import type { Parameter } from "../parameter";
import { RaggedBatch, type Sequences } from "../ragged-batch";
import type { Capacity, SequenceNetwork } from "../sequence-network";
import { type BlockShape, TransformerBlock } from "./block";
import { DenseLayer } from "./dense-layer";
import { NormalisationLayer } from "./normalisation-layer";

export interface TransformerShape extends BlockShape {
  readonly kind: "transformer";
  /** numbers a point of a sequence: they tell where in the cycle it is, there is no other position */
  readonly channels: number;
  readonly blocks: number;
}

/** A transformer in training: each point embedded, blocks of attention among a star's points, the mean of them, one linear output. */
export class TransformerNetwork implements SequenceNetwork {
  readonly batch: RaggedBatch;
  readonly #memory = new KernelMemory();
  readonly #embedding: DenseLayer;
  readonly #blocks: readonly TransformerBlock[];
  readonly #last: NormalisationLayer;
  readonly #head: Head;
  readonly #lastSlopes: Block;
  readonly #streamSlopes: Block;

  /** @param capacity of the largest batch */
  constructor(
    readonly shape: TransformerShape,
    capacity: Capacity,
    random: Random,
  ) {
    const { channels, width, blocks } = shape;
    const { sequences, rows } = capacity;
    const memory = this.#memory;
    this.batch = new RaggedBatch(memory, channels, sequences, rows);
    this.#embedding = new DenseLayer(memory, channels, width, rows, random);
    this.#blocks = Array.from({ length: blocks }, () => new TransformerBlock(memory, shape, capacity, random));
    this.#last = new NormalisationLayer(memory, width, rows);
    this.#head = new Head(memory, { width, isBidirectional: false, pooling: "mean" }, sequences, random);
    this.#lastSlopes = memory.allocate(rows * width);
    this.#streamSlopes = memory.allocate(rows * width);
  }

  get parameters(): readonly Parameter[] {
    return [this.#embedding, ...this.#blocks, this.#last, this.#head].flatMap((layer) => layer.parameters);
  }

  forward(sequences: Sequences, chosen: Int32Array, dropout: Random | null): Float32Array {
    const { batch } = this;
    batch.fill(sequences, chosen);
    const stream = this.#embedding.forward(batch.rows, batch.inputs);
    for (const block of this.#blocks) block.forward(batch, stream, dropout);
    return this.#head.forward(batch, this.#last.forward(batch.rows, stream));
  }

  backward(slopes: Float32Array): void {
    const { batch } = this;
    for (const { gradient } of this.parameters) gradient.floats.fill(0);
    this.#head.backward(batch, slopes, this.#lastSlopes);
    this.#streamSlopes.floats.subarray(0, batch.rows * this.shape.width).fill(0);
    this.#last.backward(batch.rows, this.#lastSlopes, this.#streamSlopes);
    for (const block of [...this.#blocks].reverse()) block.backward(batch, this.#streamSlopes);
    this.#embedding.backward(batch.rows, batch.inputs, this.#streamSlopes, null);
  }
}
