import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "../../errors";
import type { Looked, Looking, Prepared } from "../../modalities/modality";
import { AskedWorker } from "../asked-worker";
import { brief, type ToPrepare } from "./to-prepare";

/** Next to this file in the compiled output. */
const WORKER_FILE = path.join(__dirname, "preparing-worker.js");
/** [ms] How long a request may have to wait for earlier ones. */
export const LONGEST_WAIT_MS = 4000;
/** [ms] How long one observation may block the server's main thread. */
const IN_PLACE_MS = 6;
/** [ms] After so much work other work runs. */
const TURN_MS = 4;

/** A version's view of its modality. */
export interface View {
  readonly modality: string;
  readonly looked: Looked;
  readonly looking: Looking;
}

/**
 * Prepares observations for models. Long work, such as period searches and long light curves, is done in a worker thread, so
 * that the server keeps answering.
 */
export class PreparingEngine {
  private readonly worker = new AskedWorker<ToPrepare, Prepared>(WORKER_FILE, "the preparation of observations");
  /** [ms] estimated time of all that is pending in the thread */
  private waitingMs = 0;

  /** @param longestWaitMs estimated time of pending observations beyond which OVERLOADED is thrown */
  constructor(private readonly longestWaitMs = LONGEST_WAIT_MS) {}

  /**
   * @returns one answer per observation, in order
   * @throws AppError OVERLOADED if too much is pending
   */
  async prepare(view: View, observations: readonly unknown[]): Promise<Prepared[]> {
    const prepared: (Prepared | Promise<Prepared>)[] = [];
    let spentMs = 0;
    for (const observed of observations) {
      const cost = view.looking.costMs(observed);
      if (cost > IN_PLACE_MS) {
        prepared.push(this.elsewhere(view, observed, cost));
        continue;
      }
      if (spentMs + cost > TURN_MS && spentMs > 0) {
        await nextTurn();
        spentMs = 0;
      }
      prepared.push(view.looking.prepare(observed));
      spentMs += cost;
    }
    return Promise.all(prepared);
  }

  /** Ends the thread; pending observations fail. */
  async close(): Promise<void> {
    await this.worker.close();
  }

  private elsewhere({ modality, looked }: View, observed: unknown, cost: number): Promise<Prepared> {
    const answer = this.ask({ modality, looked: brief(looked), observed }, cost);
    // Awaited with the others; until then a rejection must not count as unhandled.
    answer.catch(() => undefined);
    return answer;
  }

  private async ask(asked: ToPrepare, cost: number): Promise<Prepared> {
    const { unanswered } = this.worker;
    if (unanswered > 0 && this.waitingMs + cost > this.longestWaitMs)
      throw new AppError("OVERLOADED", `${unanswered} light curves wait to be folded already. Try again later, or give the period.`);
    this.waitingMs += cost;
    try {
      return await this.worker.ask(asked);
    } finally {
      this.waitingMs -= cost;
    }
  }
}
