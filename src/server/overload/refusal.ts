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
