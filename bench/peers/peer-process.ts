import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";

/** What every server of the run is started with: room for young objects, so that each is measured at its best. */
const ENVIRONMENT = { ...process.env, NODE_ENV: "production", GRAPHILE_ENV: "production", NODE_OPTIONS: "--max-semi-space-size=64" };

/** Listens on a free port and prints the address, which `startPeer` reads. */
export function announce(server: Server): void {
  server.listen(0, "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
}

export interface Peer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The server's output is not read.");
  for await (const line of createInterface(child.stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("A server ended before it listened.");
}

/** Starts a server in a separate process, which prints its address. */
export async function startPeer(node: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Peer> {
  const child = spawn(node, [...args], { env: { ...ENVIRONMENT, ...environment }, stdio: ["ignore", "pipe", "inherit"] });
  const address = await addressOf(child);
  child.stdout.resume();
  return {
    port: Number(new URL(address).port),
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
