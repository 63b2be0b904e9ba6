import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, RouteHandlerMethod } from "fastify";
import { startApollo } from "../graphql/apollo";
import { type Context, requestContexts } from "../graphql/context";
import type { Services } from "../graphql/services";
import { addGraphqlTags } from "./graphql-tags";
import { whenGone } from "./when-closed";

const NOT_READY = {
  errors: [{ message: "The server is starting or shutting down. Try again in a moment.", extensions: { code: "NOT_READY" } }],
};

/** `/graphql`: exists from the start, and answers queries between `open` and `close`. */
export class GraphqlRoute {
  private apollo: ApolloServer<Context> | null = null;
  private answer: RouteHandlerMethod | null = null;

  constructor(http: FastifyInstance, services: () => Services | null) {
    addGraphqlTags(http, services);
    http.route({
      method: ["GET", "POST"],
      url: "/graphql",
      config: { tagged: true },
      handler: async (request, reply) => (this.answer ? this.answer.call(http, request, reply) : reply.code(503).send(NOT_READY)),
    });
  }

  async open(services: Services): Promise<void> {
    this.apollo = await startApollo();
    const contextOf = requestContexts(services);
    this.answer = fastifyApolloHandler(this.apollo, {
      context: async ({ id, log, operation }, reply) => contextOf({ id, log, note: operation, gone: () => whenGone(reply) }),
    });
  }

  /** Accepts no more requests; those in progress continue. */
  close(): void {
    this.answer = null;
  }

  /** Call it once no request is in progress. */
  async stop(): Promise<void> {
    await this.apollo?.stop();
  }
}
