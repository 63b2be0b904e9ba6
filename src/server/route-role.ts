/**
 * What a route is for. Absent: data, as many requests at once as the guard lets in. `bulk`: long answers, which have a
 * limit of their own. `watch`: what looks after the server; always answered, neither logged nor traced.
 */
export type RouteRole = "bulk" | "watch";

declare module "fastify" {
  interface FastifyContextConfig {
    readonly role?: RouteRole;
  }
}
