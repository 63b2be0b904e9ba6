import { readFileSync } from "node:fs";
import { connect } from "node:net";

/**
 * Sends requests to one server over persistent connections, each the next one as soon as the last was answered, and prints
 * the results. It runs in a separate process and writes raw bytes to sockets, because processor time that it uses is not
 * available to the server.
 */

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** a file of JSON bodies, one a line, taken in turns; an empty file: requests without a body */
  readonly bodies: string;
  /** absent: /graphql */
  readonly path?: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** [ms] */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("\r\n0\r\n\r\n");

/** @returns the size of the first answer in the buffer [byte], null where it is not whole yet */
function answerSize(buffer: Buffer): number | null {
  const head = buffer.indexOf(END_OF_HEAD);
  if (head < 0) return null;
  const length = /content-length: *(\d+)/i.exec(buffer.toString("latin1", 0, head));
  if (length) return head + 4 + Number(length[1]) <= buffer.length ? head + 4 + Number(length[1]) : null;
  const end = buffer.indexOf(LAST_CHUNK, head + 2);
  return end < 0 ? null : end + LAST_CHUNK.length;
}

class Load {
  private readonly requests: Buffer[];
  private next = 0;
  private failed = 0;
  private readonly latencies: number[] = [];
  private over = false;

  constructor(private readonly options: LoadOptions) {
    const bodies = readFileSync(options.bodies, "utf8").trim().split("\n");
    const head = `${options.path ?? "/graphql"} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n`;
    const type = "content-type: application/json\r\ncontent-length: ";
    this.requests = bodies.map((body) =>
      Buffer.from(body ? `POST ${head}${type}${Buffer.byteLength(body)}\r\n\r\n${body}` : `GET ${head}\r\n`),
    );
  }

  async run(): Promise<LoadResult> {
    const { connections, seconds } = this.options;
    const started = performance.now();
    setTimeout(() => (this.over = true), seconds * 1000);
    await Promise.all(Array.from({ length: connections }, () => this.connection()));
    const elapsed = (performance.now() - started) / 1000;
    const sorted = Float64Array.from(this.latencies).sort();
    const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return {
      requests: sorted.length,
      requestsPerSecond: sorted.length / elapsed,
      p50: quantile(0.5),
      p99: quantile(0.99),
      failed: this.failed,
    };
  }

  private connection(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.options.port, "127.0.0.1");
      socket.setNoDelay(true);
      socket.on("error", reject);
      let asked = 0;
      let received = Buffer.alloc(0);
      const ask = () => {
        if (this.over) return void socket.end(resolve);
        asked = performance.now();
        socket.write(this.requests[this.next++ % this.requests.length] as Buffer);
      };
      socket.on("connect", ask);
      socket.on("data", (part) => {
        received = received.length === 0 ? part : Buffer.concat([received, part]);
        const size = answerSize(received);
        if (size === null) return;
        this.latencies.push(performance.now() - asked);
        if (received.indexOf("HTTP/1.1 200 ") !== 0 || received.subarray(0, size).includes('"errors"')) this.failed++;
        received = received.subarray(size);
        ask();
      });
    });
  }
}

if (require.main === module) {
  const options = JSON.parse(process.argv[2] ?? "{}") as LoadOptions;
  new Load(options).run().then((result) => process.stdout.write(JSON.stringify(result)));
}
