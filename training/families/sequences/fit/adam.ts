import type { Parameter } from "../parameter";

export interface AdamSettings {
  /** share of a kernel taken away in a step, times the learning rate (decoupled, Loshchilov & Hutter 2019) */
  readonly weightDecay: number;
  /** a gradient longer than this is shortened to it: one odd light curve cannot throw the weights away */
  readonly clip: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** Adam (Kingma & Ba 2015) with decoupled weight decay, on parameters in the kernels' memory. */
export class Adam {
  readonly #first: readonly Float32Array[];
  readonly #second: readonly Float32Array[];
  #step = 0;

  constructor(
    private readonly parameters: readonly Parameter[],
    private readonly settings: AdamSettings,
  ) {
    this.#first = parameters.map(({ values }) => new Float32Array(values.length));
    this.#second = parameters.map(({ values }) => new Float32Array(values.length));
  }

  #shortening(): number {
    let square = 0;
    for (const { gradient } of this.parameters) for (const slope of gradient.floats) square += slope * slope;
    return Math.min(1, this.settings.clip / Math.sqrt(square));
  }

  /** Moves the parameters against their gradients. */
  step(learningRate: number): void {
    this.#step++;
    const shorten = this.#shortening();
    const unbias = Math.sqrt(1 - BETA2 ** this.#step) / (1 - BETA1 ** this.#step);
    this.parameters.forEach(({ values, gradient, decays }, at) => {
      const [numbers, slopes, first, second] = [values.floats, gradient.floats, this.#first[at], this.#second[at]];
      const keep = decays ? 1 - learningRate * this.settings.weightDecay : 1;
      for (let index = 0; index < numbers.length; index++) {
        const slope = slopes[index]! * shorten;
        first![index] = BETA1 * first![index]! + (1 - BETA1) * slope;
        second![index] = BETA2 * second![index]! + (1 - BETA2) * slope * slope;
        numbers[index] = keep * numbers[index]! - (learningRate * unbias * first![index]!) / (Math.sqrt(second![index]!) + EPSILON);
      }
    });
  }
}
