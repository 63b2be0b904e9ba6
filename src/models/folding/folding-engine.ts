import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "../../errors";
import { type Folded, foldAndCompute, type ToFold } from "./folded";
import type { FoldingReply, FoldingRequest } from "./folding-protocol";

interface Waiting {
  /** [ms] that it takes, about */
  readonly cost: number;
  resolve(folded: Folded): void;
  reject(error: Error): void;
}

/** Beside this file wherever it was compiled to. */
const WORKER_FILE = path.join(__dirname, "folding-worker.js");
/** [ms] Longest that a request should wait for those before it. */
const MAX_WAITING_MS = 4000;
/** [ms] Longest that the server's own thread is held up. */
const IN_PLACE_MS = 6;

/** [ms] A search takes 38 ms of 40 points and 1.1 s of 1,000; with a period that is known, 1,000 points take 30 ms. */
const costOf = ({ points, periodDays }: ToFold): number => points.mag.length * (periodDays === null ? 1.1 : 0.03);

/**
 * Folds light curves and computes a model's inputs. A search for a period, and long light curves, have a thread of
 * their own, so that the server answers others meanwhile.
 */
export class FoldingEngine {
  private worker: Worker | null = null;
  private nextId = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** @param maxWaitingMs what is asked may take together before OVERLOADED is answered */
  constructor(private readonly maxWaitingMs = MAX_WAITING_MS) {}

  /** @throws AppError OVERLOADED where too much waits already; NOT_FOUND where there is no such feature set */
  async fold(asked: ToFold): Promise<Folded> {
    const cost = costOf(asked);
    return cost <= IN_PLACE_MS && asked.periodDays !== null ? foldAndCompute(asked) : this.ask(asked, cost);
  }

  /** Ends the thread; what is still asked of it fails. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private ask(asked: ToFold, cost: number): Promise<Folded> {
    const before = [...this.waiting.values()].reduce((sum, one) => sum + one.cost, 0);
    if (before > 0 && before + cost > this.maxWaitingMs)
      throw new AppError("OVERLOADED", `${this.waiting.size} light curves wait to be folded already. Try again later, or give the period.`);
    this.worker ??= this.start();
    const { worker } = this;
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { cost, resolve, reject });
      worker.ref(); // a process with unanswered requests stays alive, an idle one may end
      worker.postMessage({ id, asked } satisfies FoldingRequest);
    });
  }

  private start(): Worker {
    const worker = new Worker(WORKER_FILE);
    worker.on("message", (reply: FoldingReply) => this.settle(worker, reply));
    let cause: unknown;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", (status) => {
      if (this.worker === worker) this.fail(status, cause);
    });
    return worker;
  }

  private settle(worker: Worker, reply: FoldingReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0) worker.unref();
    if ("failure" in reply) waiting?.reject(new Error(reply.failure));
    else waiting?.resolve(reply.folded);
  }

  private fail(status: number, cause: unknown): void {
    this.worker = null;
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost) reject(new Error(`the folding of light curves ended with status ${status}`, { cause }));
  }
}
