import type { Block, KernelMemory } from "../kernels/kernels";
import type { Parameter } from "../parameter";
import type { RaggedBatch } from "../ragged-batch";

/** What one layer keeps of a batch for the way back. */
export interface Steps {
  /** [rows, gates units]: inputs' part of the gates, then the gates, then the gradients by what went into them */
  readonly gates: Block;
  /** [rows, units] */
  readonly states: Block;
  /** [rows, units] the state before each step */
  readonly before: Block;
}

/** A kind of recurrent unit. Gradients of kernels and biases follow from the gates alone; the rest is its own. */
export interface Cell {
  readonly gates: number;
  /** What the gates' biases start at. @returns [gates units] */
  startingBias(): Float32Array;
  forward(batch: RaggedBatch, recurrent: Block, steps: Steps, isReversed: boolean): void;
  /** @param slopes [rows, units] the loss's gradient by each state */
  backward(batch: RaggedBatch, transposed: Block, steps: Steps, slopes: Block, isReversed: boolean): void;
  /** Adds the loss's gradient by the recurrent kernel. */
  addRecurrentGradient(rows: number, steps: Steps, recurrent: Parameter): void;
}

export type CellName = "gru" | "lstm";

/** @param rows most rows of a batch */
export type MakeCell = (memory: KernelMemory, units: number, rows: number) => Cell;
