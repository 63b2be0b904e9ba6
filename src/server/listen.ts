import { once } from "node:events";
import { AppError } from "../errors";
import type { App } from "./app";

/**
 * Connections that may wait to be accepted. Beyond Node's default of 511 the kernel drops new connections, whose clients
 * retry only after 1, 3 and 7 s; they should be answered or refused at once. The kernel has a limit of its own.
 */
const BACKLOG = 4096;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * @returns the base URL for clients on this machine
 * @throws AppError CONFLICT if the port is taken, BAD_INPUT if the address does not belong to this machine
 */
export async function listen({ http }: App, { host, port }: Address): Promise<string> {
  try {
    await http.listen({ host, port, backlog: BACKLOG });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new AppError(
        "CONFLICT",
        `Port ${port} of ${host} is taken by another program. Choose one with PORT or --port (0: any free one).`,
        { cause },
      );
    }
    if (code === "EACCES")
      throw new AppError("BAD_INPUT", `Port ${port} is reserved for the system's administrator. Choose a port above 1023.`, { cause });
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
      throw new AppError(
        "BAD_INPUT",
        `HOST ${host} is not an address of this machine. Use 127.0.0.1 (this machine only) or 0.0.0.0 (all interfaces).`,
        { cause },
      );
    }
    throw cause;
  }
  const address = http.server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${bound}`;
}

/** Resolves on the first SIGTERM or SIGINT; a second one ends the process as usual. */
export async function terminationSignal(): Promise<void> {
  const stop = new AbortController();
  await Promise.race(["SIGTERM", "SIGINT"].map((signal) => once(process, signal, { signal: stop.signal }).catch(() => undefined)));
  stop.abort();
}
