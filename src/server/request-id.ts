import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Safe in logs and headers: a UUID, a trace id, a name with a number. */
const WELL_FORMED = /^[\w.:-]{8,64}$/;

/** @returns the client's `x-request-id` if it is well formed, otherwise a new id */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : randomUUID();
}
