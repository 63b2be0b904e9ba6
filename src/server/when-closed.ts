import type { Socket } from "node:net";
import type { FastifyReply } from "fastify";

/** What to do when a connection closes: one listener per connection, however many requests it carries. */
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
 * Calls `work` once an answer has been sent completely or its client has disconnected, immediately if that already happened.
 * With HTTP pipelining Node emits nothing for an answer that still waits for its turn when the connection closes, so this
 * listens to the connection as well.
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

/** Aborts once the client has disconnected or has received the complete answer. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  whenClosed(reply, () => controller.abort(new Error("The client is gone.")));
  return controller.signal;
}
