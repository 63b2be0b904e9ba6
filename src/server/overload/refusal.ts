import type { IncomingMessage, ServerResponse } from "node:http";
import { requestId } from "../request-id";

/** The answer to a refused request, built in advance so that refusing is cheap. */
export interface Refusal {
  readonly contentType: string;
  readonly body: Buffer;
}

export const OVERLOADED_MESSAGE = "The server has all the work it can do. Try again in a moment.";

/** For GraphQL clients. */
export const JSON_REFUSAL: Refusal = {
  contentType: "application/json; charset=utf-8",
  body: Buffer.from(JSON.stringify({ errors: [{ message: OVERLOADED_MESSAGE, extensions: { code: "OVERLOADED" } }] })),
};

declare module "fastify" {
  interface FastifyContextConfig {
    /** for routes whose clients do not read JSON */
    readonly refusal?: Refusal;
  }
}

/** [s] The shortest time the header can express: pressure is over a quarter of a second after the requests become fewer. */
const RETRY_AFTER = "1";

/**
 * Refusing must cost next to nothing, or it takes the time of those who are served: the answer is made in advance and
 * goes through nothing that other answers go through.
 */
export function writeRefusal(request: IncomingMessage, response: ServerResponse, { contentType, body }: Refusal): void {
  response.writeHead(503, {
    "content-type": contentType,
    "content-length": body.length,
    "retry-after": RETRY_AFTER,
    "x-request-id": requestId(request),
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
