import path from "node:path";
import { AppError } from "../../errors";
import { AskedWorker } from "../asked-worker";
import { type Folded, foldAndCompute, type ToFold } from "./folded";

/** Next to this file in the compiled output. */
const WORKER_FILE = path.join(__dirname, "folding-worker.js");
/** [ms] How long a request may have to wait for earlier ones. */
const MAX_WAITING_MS = 4000;
/** [ms] How long the server's main thread may be blocked. */
const IN_PLACE_MS = 6;

/** [ms] A period search takes 38 ms for 40 points and 1.1 s for 1,000; with a known period, 1,000 points take 30 ms. */
const costOf = ({ points, periodDays }: ToFold): number => points.mag.length * (periodDays === null ? 1.1 : 0.03);

/**
 * Folds light curves and computes a model's inputs. Period searches and long light curves run in a worker thread, so that
 * the server keeps answering.
 */
export class FoldingEngine {
  private readonly worker = new AskedWorker<ToFold, Folded>(WORKER_FILE, "the folding of light curves");
  /** [ms] estimated time of all pending light curves */
  private waitingMs = 0;

  /** @param maxWaitingMs estimated time of pending light curves beyond which OVERLOADED is thrown */
  constructor(private readonly maxWaitingMs = MAX_WAITING_MS) {}

  /** @throws AppError OVERLOADED if too much is pending; NOT_FOUND if there is no such feature set */
  async fold(asked: ToFold): Promise<Folded> {
    const cost = costOf(asked);
    return cost <= IN_PLACE_MS && asked.periodDays !== null ? foldAndCompute(asked) : this.ask(asked, cost);
  }

  /** Ends the thread; pending light curves fail. */
  async close(): Promise<void> {
    await this.worker.close();
  }

  private async ask(asked: ToFold, cost: number): Promise<Folded> {
    const { unanswered } = this.worker;
    if (unanswered > 0 && this.waitingMs + cost > this.maxWaitingMs)
      throw new AppError("OVERLOADED", `${unanswered} light curves wait to be folded already. Try again later, or give the period.`);
    this.waitingMs += cost;
    try {
      return await this.worker.ask(asked);
    } finally {
      this.waitingMs -= cost;
    }
  }
}
