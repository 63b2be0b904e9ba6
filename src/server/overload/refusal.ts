/** What a refused client is answered with, made beforehand: refusing must cost next to nothing. */
export interface Refusal {
  readonly contentType: string;
  readonly body: Buffer;
}

export const OVERLOADED_MESSAGE = "The server has all the work it can do. Try again in a moment.";

/** As GraphQL's clients read errors. */
export const JSON_REFUSAL: Refusal = {
  contentType: "application/json; charset=utf-8",
  body: Buffer.from(JSON.stringify({ errors: [{ message: OVERLOADED_MESSAGE, extensions: { code: "OVERLOADED" } }] })),
};

declare module "fastify" {
  interface FastifyContextConfig {
    /** of a route whose clients read no JSON */
    readonly refusal?: Refusal;
  }
}
