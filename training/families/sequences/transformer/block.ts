import type { Random } from "../../../../src/science/random";
import { dropoutMask } from "../../mlp/dropout";
import type { KernelMemory, Block as Numbers } from "../kernels/kernels";
import type { Parameter } from "../parameter";
import type { RaggedBatch } from "../ragged-batch";
import type { Capacity } from "../sequence-network";
import { AttentionLayer } from "./attention-layer";
import { DenseLayer } from "./dense-layer";
import { NormalisationLayer } from "./normalisation-layer";

export interface BlockShape {
  readonly width: number;
  readonly heads: number;
  /** units of the layer between the two of the feed-forward part */
  readonly hidden: number;
  /** share of what each part adds that is dropped in training, for a whole sequence */
  readonly dropout: number;
}

/** A pre-norm block (Xiong et al. 2020): to the stream of points it adds what attention, then a feed-forward part, make of it. */
export class TransformerBlock {
  readonly #before: readonly [attention: NormalisationLayer, feedForward: NormalisationLayer];
  readonly #attention: AttentionLayer;
  readonly #widen: DenseLayer;
  readonly #narrow: DenseLayer;
  readonly #masks: readonly [attention: Numbers, feedForward: Numbers];
  /** [rows, width] */
  readonly #slopes: Numbers;
  readonly #normalisedSlopes: Numbers;
  readonly #hiddenSlopes: Numbers;
  #isMasked = false;

  constructor(
    private readonly memory: KernelMemory,
    private readonly shape: BlockShape,
    capacity: Capacity,
    random: Random,
  ) {
    const { width, heads, hidden } = shape;
    const { rows, sequences } = capacity;
    this.#before = [new NormalisationLayer(memory, width, rows), new NormalisationLayer(memory, width, rows)];
    this.#attention = new AttentionLayer(memory, width, heads, capacity, random);
    this.#widen = new DenseLayer(memory, width, hidden, rows, random);
    this.#narrow = new DenseLayer(memory, hidden, width, rows, random);
    this.#masks = [memory.allocate(sequences * width), memory.allocate(sequences * width)];
    this.#slopes = memory.allocate(rows * width);
    this.#normalisedSlopes = memory.allocate(rows * width);
    this.#hiddenSlopes = memory.allocate(rows * hidden);
  }

  get parameters(): readonly Parameter[] {
    return [...this.#before, this.#attention, this.#widen, this.#narrow].flatMap((layer) => layer.parameters);
  }

  #drop({ sequences, starts }: RaggedBatch, mask: Numbers, x: Numbers): void {
    if (this.#isMasked) this.memory.kernels.scaleSequences(sequences, starts.pointer, this.shape.width, mask.pointer, x.pointer);
  }

  /** Draws what is dropped in this batch. @param random null as it predicts: nothing */
  #drawMasks(sequences: number, random: Random | null): void {
    const { width, dropout } = this.shape;
    this.#isMasked = random !== null && dropout > 0;
    if (random === null || dropout === 0) return;
    for (const mask of this.#masks) mask.floats.set(dropoutMask(sequences * width, dropout, random));
  }

  /** @param stream [rows, width] to which the block adds */
  forward(batch: RaggedBatch, stream: Numbers, random: Random | null): void {
    const { kernels } = this.memory;
    const { rows } = batch;
    const { width, hidden } = this.shape;
    this.#drawMasks(batch.sequences, random);
    const attended = this.#attention.forward(batch, this.#before[0].forward(rows, stream));
    this.#drop(batch, this.#masks[0], attended);
    kernels.addNumbers(rows * width, attended.pointer, stream.pointer);
    const wide = this.#widen.forward(rows, this.#before[1].forward(rows, stream));
    kernels.rectify(rows * hidden, wide.pointer);
    const narrow = this.#narrow.forward(rows, wide);
    this.#drop(batch, this.#masks[1], narrow);
    kernels.addNumbers(rows * width, narrow.pointer, stream.pointer);
  }

  /** What flows back into a part of the block: the stream's gradient, but for what was dropped. */
  #into(batch: RaggedBatch, mask: Numbers, streamSlopes: Numbers): Numbers {
    const numbers = batch.rows * this.shape.width;
    this.#slopes.floats.set(streamSlopes.floats.subarray(0, numbers));
    this.#drop(batch, mask, this.#slopes);
    this.#normalisedSlopes.floats.subarray(0, numbers).fill(0);
    return this.#slopes;
  }

  /** @param streamSlopes [rows, width] the loss's gradient by the stream behind the block on entry, before it on return */
  backward(batch: RaggedBatch, streamSlopes: Numbers): void {
    const { rows } = batch;
    const hiddenNumbers = rows * this.shape.hidden;
    const [attention, feedForward] = this.#before;
    const ofFeedForward = this.#into(batch, this.#masks[1], streamSlopes);
    this.#hiddenSlopes.floats.subarray(0, hiddenNumbers).fill(0);
    this.#narrow.backward(rows, this.#widen.outputs, ofFeedForward, this.#hiddenSlopes);
    this.memory.kernels.rectifyBackward(hiddenNumbers, this.#widen.outputs.pointer, this.#hiddenSlopes.pointer);
    this.#widen.backward(rows, feedForward.outputs, this.#hiddenSlopes, this.#normalisedSlopes);
    feedForward.backward(rows, this.#normalisedSlopes, streamSlopes);
    const ofAttention = this.#into(batch, this.#masks[0], streamSlopes);
    this.#attention.backward(batch, attention.outputs, ofAttention, this.#normalisedSlopes);
    attention.backward(rows, this.#normalisedSlopes, streamSlopes);
  }
}
