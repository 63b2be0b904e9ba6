import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { quantile } from "../../src/science/statistics";

/**
 * Asks one server at a rate, whatever its answers take, as a crowd does, over connections that are kept open. Runs in a process of its own and prints what came of it.
 */
export interface ArrivalOptions {
  readonly port: number;
  /** requests a second */
  readonly rate: number;
  readonly seconds: number;
  /** a file of JSON bodies, one a line, taken in turns */
  readonly bodies: string;
}

export interface ArrivalResult {
  readonly accepted: number;
  readonly refused: number;
  /** neither data nor a refusal that says when to come again */
  readonly failed: number;
  /** not sent, because none of the connections was free */
  readonly unsent: number;
  /** [ms] 99th percentile of what was accepted, and of what was refused */
  readonly acceptedP99: number;
  readonly refusedP99: number;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");
/** Opened beforehand: far more than the guard lets wait. */
const CONNECTIONS = 1000;

/** @returns the size of the answer in the buffer [byte], null if it is not whole yet */
function answerSize(buffer: Buffer): number | null {
  const head = buffer.indexOf(END_OF_HEAD);
  if (head < 0) return null;
  const [, length] = /content-length: *(\d+)/i.exec(buffer.toString("latin1", 0, head)) ?? [];
  const size = head + 4 + Number(length);
  return size <= buffer.length ? size : null;
}

class Arrivals {
  private readonly requests: Buffer[];
  private readonly idle: Socket[] = [];
  private readonly answered = new WeakMap<Socket, (answer: Buffer) => void>();
  private readonly accepted: number[] = [];
  private readonly refused: number[] = [];
  private failed = 0;
  private unsent = 0;
  private sent = 0;

  constructor(private readonly options: ArrivalOptions) {
    const head = "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ";
    const bodies = readFileSync(options.bodies, "utf8").trim().split("\n");
    this.requests = bodies.map((body) => Buffer.from(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`));
  }

  async run(): Promise<ArrivalResult> {
    const { rate, seconds } = this.options;
    this.idle.push(...(await Promise.all(Array.from({ length: CONNECTIONS }, () => this.open()))));
    const started = performance.now();
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(rate * seconds, Math.floor(((performance.now() - started) / 1000) * rate));
        while (this.sent < due) this.send();
        if (this.accepted.length + this.refused.length + this.failed + this.unsent < rate * seconds - 1) return;
        clearInterval(timer);
        resolve();
      }, 1);
    });
    for (const socket of this.idle) socket.destroy();
    const p99 = (times: number[]) =>
      times.length > 0
        ? quantile(
            times.sort((a, b) => a - b),
            0.99,
          )
        : 0;
    const counts = { accepted: this.accepted.length, refused: this.refused.length, failed: this.failed, unsent: this.unsent };
    return { ...counts, acceptedP99: p99(this.accepted), refusedP99: p99(this.refused) };
  }

  private send(): void {
    const request = this.requests[this.sent++ % this.requests.length]!;
    const socket = this.idle.pop();
    if (!socket) {
      this.unsent++;
      return;
    }
    const asked = performance.now();
    this.answered.set(socket, (answer) => {
      this.judge(answer, performance.now() - asked);
      this.idle.push(socket);
    });
    socket.write(request);
  }

  private async open(): Promise<Socket> {
    const socket = connect(this.options.port, "127.0.0.1").setNoDelay(true);
    await once(socket, "connect");
    let received = Buffer.alloc(0);
    socket.on("data", (part) => {
      received = received.length === 0 ? part : Buffer.concat([received, part]);
      const size = answerSize(received);
      if (size === null) return;
      const answer = received.subarray(0, size);
      received = received.subarray(size);
      this.answered.get(socket)?.(answer);
    });
    return socket;
  }

  private judge(answer: Buffer, milliseconds: number): void {
    if (answer.includes('"data":{') && !answer.includes('"errors"')) this.accepted.push(milliseconds);
    else if (answer.includes(" 503 ") && answer.includes("retry-after: ") && answer.includes('"OVERLOADED"'))
      this.refused.push(milliseconds);
    else this.failed++;
  }
}

if (require.main === module) {
  const options = JSON.parse(process.argv[2] ?? "{}") as ArrivalOptions;
  new Arrivals(options).run().then((result) => {
    process.stdout.write(JSON.stringify(result));
    process.exit();
  });
}
