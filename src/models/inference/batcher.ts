import { AppError } from "../../errors";
import type { Runnable } from "./inference-engine";
import type { InferenceOutput } from "./inference-protocol";

export interface BatcherSettings {
  /** largest batch [stars] */
  readonly batchSize: number;
  /** how long the first star of a batch waits for others [ms] */
  readonly batchWindowMs: number;
  /** stars that may be waiting or being computed */
  readonly queueLimit: number;
}

type RunBatch = (model: Runnable, inputs: Float32Array<ArrayBuffer>, stars: number) => Promise<InferenceOutput>;

interface Request {
  readonly stars: number;
  /** [stars, inputs] */
  readonly inputs: Float32Array;
  /** filled as batches return */
  readonly output: InferenceOutput;
  /** stars that were put into batches, and stars that returned */
  taken: number;
  done: number;
  resolve(output: InferenceOutput): void;
  reject(error: unknown): void;
}

interface Queue {
  readonly model: Runnable;
  readonly requests: Request[];
  stars: number;
}

/** The part of a request that went into a batch. */
interface Piece {
  readonly request: Request;
  readonly first: number;
  readonly stars: number;
}

/** One batch is computed while the next is on its way; more in flight would only delay later requests. */
const IN_FLIGHT = 2;

/**
 * Merges the predictions that concurrent callers in this process ask for into batches: 256 stars take little longer than
 * one. Requests larger than a batch are split. Models take turns.
 */
export class Batcher {
  /** in the order of their turns */
  private readonly queues = new Map<number, Queue>();
  private pending = 0;
  private inFlight = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly runBatch: RunBatch,
    private readonly settings: BatcherSettings,
  ) {}

  /** Stars of all models that are waiting or being computed. */
  get waiting(): number {
    return this.pending;
  }

  /**
   * @param inputs [stars, inputs] row by row
   * @throws AppError OVERLOADED if the queue is full; any error of running the batch
   */
  predict(model: Runnable, inputs: Float32Array, stars: number): Promise<InferenceOutput> {
    if (stars === 0) return Promise.resolve(emptyOutput(model, 0));
    if (this.pending + stars > this.settings.queueLimit) return Promise.reject(this.overloaded(stars));
    this.pending += stars;
    return new Promise((resolve, reject) => {
      const output = emptyOutput(model, stars);
      const queue = this.queues.get(model.id) ?? { model, requests: [], stars: 0 };
      queue.requests.push({ stars, inputs, output, taken: 0, done: 0, resolve, reject });
      queue.stars += stars;
      this.queues.set(model.id, queue);
      if (queue.stars >= this.settings.batchSize) this.pump(false);
      if (queue.stars > 0) this.timer ??= setTimeout(() => this.pump(true), this.settings.batchWindowMs);
    });
  }

  private overloaded(stars: number): AppError {
    const { queueLimit } = this.settings;
    return new AppError(
      "OVERLOADED",
      `${stars} more stars do not fit: ${this.pending} of at most ${queueLimit} are waiting for inference. Try again in a moment, or with fewer stars.`,
    );
  }

  /** Starts as many batches as may run. @param due the window is over, so that a batch need not be full */
  private pump(due: boolean): void {
    if (due && this.timer) {
      clearTimeout(this.timer);
      this.timer = null;
    }
    for (const queue of [...this.queues.values()]) {
      while (this.inFlight < IN_FLIGHT && queue.stars >= (due ? 1 : this.settings.batchSize)) void this.start(queue);
    }
  }

  private async start(queue: Queue): Promise<void> {
    const pieces = this.take(queue);
    const stars = pieces.reduce((sum, piece) => sum + piece.stars, 0);
    this.inFlight++;
    try {
      scatter(await this.runBatch(queue.model, gather(pieces, stars), stars), pieces, queue.model);
    } catch (error) {
      this.refuse(queue, pieces, error);
    } finally {
      this.inFlight--;
      this.pending -= stars;
      // Requests that queued up meanwhile have waited for the worker: no additional window.
      this.pump(true);
    }
  }

  /** Takes the next batch out of a queue; the queue moves to the end of the line. */
  private take(queue: Queue): Piece[] {
    const pieces: Piece[] = [];
    let room = this.settings.batchSize;
    while (room > 0 && queue.requests[0]) {
      const request = queue.requests[0];
      const stars = Math.min(room, request.stars - request.taken);
      pieces.push({ request, first: request.taken, stars });
      request.taken += stars;
      room -= stars;
      queue.stars -= stars;
      if (request.taken === request.stars) queue.requests.shift();
    }
    this.queues.delete(queue.model.id);
    if (queue.stars > 0) this.queues.set(queue.model.id, queue);
    return pieces;
  }

  /** Rejects the requests of a failed batch, including their parts that still wait. */
  private refuse(queue: Queue, pieces: readonly Piece[], error: unknown): void {
    for (const { request } of pieces) {
      request.reject(error);
      const rest = request.stars - request.taken;
      if (rest === 0) continue;
      queue.requests.splice(queue.requests.indexOf(request), 1);
      queue.stars -= rest;
      this.pending -= rest;
      request.taken = request.stars;
      if (queue.stars === 0) this.queues.delete(queue.model.id);
    }
  }
}

function gather(pieces: readonly Piece[], stars: number): Float32Array<ArrayBuffer> {
  const { request } = pieces[0]!;
  const width = request.inputs.length / request.stars;
  const batch = new Float32Array(stars * width);
  let at = 0;
  for (const piece of pieces) {
    batch.set(piece.request.inputs.subarray(piece.first * width, (piece.first + piece.stars) * width), at * width);
    at += piece.stars;
  }
  return batch;
}

function emptyOutput({ tensors }: Runnable, stars: number): InferenceOutput {
  return Object.fromEntries(tensors.map(({ name, width }) => [name, new Float32Array(stars * width)]));
}

function scatter(output: InferenceOutput, pieces: readonly Piece[], { tensors }: Runnable): void {
  let at = 0;
  for (const { request, first, stars } of pieces) {
    for (const { name, width } of tensors)
      request.output[name]!.set(output[name]!.subarray(at * width, (at + stars) * width), first * width);
    at += stars;
    request.done += stars;
    if (request.done === request.stars) request.resolve(request.output);
  }
}
