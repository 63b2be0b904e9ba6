import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What may stand in a log and a header as it is: a UUID, a trace's id, a name with a number. */
const WELL_FORMED = /^[\w.:-]{8,64}$/;

/** @returns the id that a request's sender gave it in `x-request-id` where that is well formed, else a new one */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && WELL_FORMED.test(given) ? given : randomUUID();
}
