import type { IncomingMessage } from "node:http";
import { BlockList, isIPv6, type Socket } from "node:net";
import { networkOf } from "./network";

const family = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");

/** @param address of a socket: IPv4 through an IPv6 socket is IPv4 */
const plain = (address: string): string => address.replace(/^::ffff:(?=[\d.]+$)/i, "");

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix] = network.split("/");
    if (prefix === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
}

/** Who sends a request: the unit that shares of the server and budgets are counted by. */
export class Clients {
  private readonly proxies: BlockList;
  /** by connection, where no proxy is between */
  private readonly direct = new WeakMap<Socket, string>();

  /** @param trusted addresses and networks of reverse proxies, whose X-Forwarded-For names the client */
  constructor(private readonly trusted: readonly string[]) {
    this.proxies = listOf(trusted);
  }

  readonly isTrusted = (address: string): boolean => {
    const one = plain(address);
    return this.proxies.check(one, family(one));
  };

  /** @returns a client's IPv4 address or IPv6 network (see networkOf) */
  of({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): string {
    // A client that has disconnected has no address.
    const address = socket.remoteAddress ?? "";
    if (this.trusted.length > 0 && this.isTrusted(address)) return networkOf(plain(this.forwarded(headers["x-forwarded-for"], address)));
    const known = this.direct.get(socket) ?? networkOf(address);
    this.direct.set(socket, known);
    return known;
  }

  /** The last address that no trusted proxy has: those before it are what the client claims. */
  private forwarded(header: string | string[] | undefined, proxy: string): string {
    const hops = String(header ?? "")
      .split(",")
      .map((hop) => hop.trim())
      .filter(Boolean);
    return hops.findLast((hop) => !this.isTrusted(hop)) ?? hops[0] ?? proxy;
  }
}
