/**
 * The purpose of a route. Absent: data, limited by the guard. `bulk`: long answers with a separate limit. `watch`: for
 * monitoring; always answered, neither logged nor traced.
 */
export type RouteRole = "bulk" | "watch";

declare module "fastify" {
  interface FastifyContextConfig {
    readonly role?: RouteRole;
    /** limited by the guard in spite of its role */
    readonly guarded?: boolean;
  }
}
