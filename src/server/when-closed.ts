import type { Socket } from "node:net";
import type { FastifyReply } from "fastify";

/** What is to be done should a connection close: one listener a connection, however many requests come through it. */
const onClosing = new WeakMap<Socket, Set<() => void>>();

function listOf(socket: Socket): Set<() => void> {
  const known = onClosing.get(socket);
  if (known) return known;
  const list = new Set<() => void>();
  onClosing.set(socket, list);
  socket.once("close", () => {
    for (const work of list) work();
  });
  return list;
}

/**
 * Does something once an answer has been taken whole, or its client is gone; at once where it went before. Of an answer
 * that waits for its turn on the connection (HTTP pipelining) Node tells nothing when that closes, so the connection
 * itself is listened to as well.
 */
export function whenClosed({ raw, request }: FastifyReply, work: () => void): void {
  const { socket } = request.raw;
  if (raw.closed || socket.destroyed) {
    work();
    return;
  }
  const list = listOf(socket);
  const once = () => {
    if (list.delete(once)) work();
  };
  list.add(once);
  raw.once("close", once);
}

/** Aborts once the client is gone, or has its answer whole. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  whenClosed(reply, () => controller.abort(new Error("The client is gone.")));
  return controller.signal;
}
