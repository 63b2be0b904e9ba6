/** One client's requests. */
interface Load {
  running: number;
  waiting: number;
}

const NONE: Load = { running: 0, waiting: 0 };
const sum = ({ running, waiting }: Load): number => running + waiting;

/** Requests that wait, in the order in which they came, and how many of each client wait or run. */
export class WaitingLine<Request extends { readonly client: string }> {
  private readonly requests: Request[] = [];
  private readonly loads = new Map<string, Load>();

  get length(): number {
    return this.requests.length;
  }

  /** who came first */
  get head(): Request | undefined {
    return this.requests[0];
  }

  push(request: Request): void {
    this.requests.push(request);
    this.loadOf(request.client).waiting++;
  }

  remove(request: Request): void {
    const index = this.requests.indexOf(request);
    if (index < 0) return;
    this.requests.splice(index, 1);
    this.loadOf(request.client).waiting--;
    this.forget(request.client);
  }

  started(client: string): void {
    this.loadOf(client).running++;
  }

  ended(client: string): void {
    this.loadOf(client).running--;
    this.forget(client);
  }

  /** Takes the first request of the client that has the fewest running; to be called only if someone waits. */
  takeNext(): Request {
    const next = this.best((one) => -(this.loads.get(one.client) ?? NONE).running);
    this.remove(next);
    return next;
  }

  /** @returns the first request of the client that has the most, running and waiting; to be called only if someone waits */
  heaviest(): Request {
    return this.best((one) => sum(this.loads.get(one.client) ?? NONE));
  }

  /** Whether another client, with one more request, would still have fewer than one that has requests waiting. */
  hasHeavierThan(client: string): boolean {
    if (this.loads.size < 2 && this.loads.has(client)) return false;
    const own = sum(this.loads.get(client) ?? NONE) + 1;
    for (const [other, load] of this.loads) if (other !== client && load.waiting > 0 && sum(load) > own) return true;
    return false;
  }

  /** The first of those with the greatest value. */
  private best(rate: (request: Request) => number): Request {
    let best = this.requests[0]!;
    // Usually all are one client's: then the first is the best.
    if (this.loads.size === 1) return best;
    let most = rate(best);
    for (const request of this.requests) {
      const value = rate(request);
      if (value > most) [best, most] = [request, value];
    }
    return best;
  }

  private loadOf(client: string): Load {
    const known = this.loads.get(client);
    if (known) return known;
    const load = { running: 0, waiting: 0 };
    this.loads.set(client, load);
    return load;
  }

  /** Clients come and go: those with nothing here are not remembered. */
  private forget(client: string): void {
    const load = this.loads.get(client);
    if (load && sum(load) === 0) this.loads.delete(client);
  }
}
