import type { IncomingMessage, ServerResponse } from "node:http";
import { requestId } from "../request-id";

/** The answer to a refused request, built in advance so that refusing is cheap. */
export interface Refusal {
  readonly contentType: string;
  readonly body: Buffer;
}

export const OVERLOADED_MESSAGE = "The server has all the work it can do. Try again in a moment.";

const JSON_TYPE = "application/json; charset=utf-8";
const jsonRefusal = (code: string, message: string): Refusal => ({
  contentType: JSON_TYPE,
  body: Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code } }] })),
});

/** For GraphQL clients. */
export const JSON_REFUSAL = jsonRefusal("OVERLOADED", OVERLOADED_MESSAGE);

export const EXHAUSTED_MESSAGE =
  "You have spent what one client may spend in a minute. Go on when Retry-After is over, with cheaper queries.";
export const EXHAUSTED_REFUSAL = jsonRefusal("RATE_LIMITED", EXHAUSTED_MESSAGE);

declare module "fastify" {
  interface FastifyContextConfig {
    /** for routes whose clients do not read JSON */
    readonly refusal?: Refusal;
  }
}

/** [s] The shortest time the header can express: pressure is over a quarter of a second after the requests become fewer. */
export const RETRY_AFTER_S = 1;

/**
 * Refusing must cost next to nothing, or it takes the time of those who are served: the answer is made in advance and
 * goes through nothing that other answers go through.
 */
export function writeRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  { contentType, body }: Refusal,
  [status, retryAfterS]: readonly [status: number, retryAfterS: number] = [503, RETRY_AFTER_S],
): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": body.length,
    "retry-after": String(retryAfterS),
    "x-request-id": requestId(request),
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
