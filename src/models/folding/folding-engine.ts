import path from "node:path";
import { AppError } from "../../errors";
import { AskedWorker } from "../asked-worker";
import { type Folded, foldAndCompute, type ToFold } from "./folded";

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
  private readonly worker = new AskedWorker<ToFold, Folded>(WORKER_FILE, "the folding of light curves");
  /** [ms] what is asked takes together, about */
  private waitingMs = 0;

  /** @param maxWaitingMs what is asked may take together before OVERLOADED is answered */
  constructor(private readonly maxWaitingMs = MAX_WAITING_MS) {}

  /** @throws AppError OVERLOADED where too much waits already; NOT_FOUND where there is no such feature set */
  async fold(asked: ToFold): Promise<Folded> {
    const cost = costOf(asked);
    return cost <= IN_PLACE_MS && asked.periodDays !== null ? foldAndCompute(asked) : this.ask(asked, cost);
  }

  /** Ends the thread; what is still asked of it fails. */
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
