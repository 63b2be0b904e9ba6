import type { Random } from "../../../../src/science/random";
import type { Block, KernelMemory } from "../kernels/kernels";
import { glorotUniform, type Parameter, parameter } from "../parameter";

/** The same linear map of every row: x kernel + bias. */
export class DenseLayer {
  readonly parameters: readonly [kernel: Parameter, bias: Parameter];
  /** [rows, columns] */
  readonly outputs: Block;
  readonly #transposed: Block;

  /** @param columns a multiple of 4 */
  constructor(
    private readonly memory: KernelMemory,
    readonly size: number,
    readonly columns: number,
    rows: number,
    random: Random,
  ) {
    if (columns % 4 !== 0) throw new RangeError(`A layer has a multiple of 4 units, not ${columns}.`);
    const kernel = glorotUniform(size, columns, columns, random);
    this.parameters = [parameter(memory, kernel, true), parameter(memory, new Float32Array(columns), false)];
    this.outputs = memory.allocate(rows * columns);
    this.#transposed = memory.allocate(size * columns);
  }

  /** @param x [rows, size] @returns [rows, columns] */
  forward(rows: number, x: Block): Block {
    const { kernels } = this.memory;
    const [kernel, bias] = this.parameters;
    kernels.repeatRow(rows, this.columns, bias.values.pointer, this.outputs.pointer);
    kernels.addProducts(rows, this.size, this.columns, x.pointer, kernel.values.pointer, this.outputs.pointer);
    return this.outputs;
  }

  /**
   * Adds to the parameters' gradients.
   *
   * @param slopes [rows, columns] the loss's gradient by the outputs
   * @param xSlopes [rows, size] to which that by x is added, where it is wanted
   */
  backward(rows: number, x: Block, slopes: Block, xSlopes: Block | null): void {
    const { kernels } = this.memory;
    const { size, columns } = this;
    const [kernel, bias] = this.parameters;
    kernels.addOuterProducts(rows, size, columns, x.pointer, slopes.pointer, columns, kernel.gradient.pointer, columns);
    kernels.addRows(rows, columns, slopes.pointer, bias.gradient.pointer);
    if (!xSlopes) return;
    kernels.transpose(size, columns, kernel.values.pointer, this.#transposed.pointer);
    kernels.addProducts(rows, columns, size, slopes.pointer, this.#transposed.pointer, xSlopes.pointer);
  }
}
