import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Api, startApi } from "../graphql/apollo";
import { requestContexts } from "../graphql/context";
import type { Services } from "../graphql/services";
import { graphqlHandler } from "./graphql-handler";
import { graphqlTags } from "./graphql-tags";
import type { Admit } from "./overload/admit";
import { whenGone } from "./when-closed";

const NOT_READY = {
  errors: [{ message: "The server is starting or shutting down. Try again in a moment.", extensions: { code: "NOT_READY" } }],
};

const AT_DOOR = { config: { refusedAtDoor: true } } as const;

/** `/graphql`: exists from the start, and answers queries between `open` and `close`. */
export class GraphqlRoute {
  private api: Api | null = null;
  private answer: ((request: FastifyRequest, reply: FastifyReply) => Promise<string>) | null = null;

  constructor(
    http: FastifyInstance,
    services: () => Services | null,
    private readonly admit: Admit,
  ) {
    const handler = (request: FastifyRequest, reply: FastifyReply) => this.answer?.(request, reply) ?? reply.code(503).send(NOT_READY);
    http.get("/graphql", { ...graphqlTags(http, services), ...AT_DOOR }, handler);
    http.post("/graphql", AT_DOOR, handler);
  }

  async open(services: Services): Promise<void> {
    this.api = await startApi();
    const answer = graphqlHandler(this.api);
    const contextOf = requestContexts(services);
    this.answer = (request, reply) => {
      const { id, log, operation } = request;
      const admit = (cost: number) => this.admit(request, reply, cost);
      return answer(request, reply, contextOf({ id, log, note: operation, gone: () => whenGone(reply), admit }));
    };
  }

  /** Accepts no more requests; those in progress continue. */
  close(): void {
    this.answer = null;
  }

  /** Call it once no request is in progress. */
  async stop(): Promise<void> {
    await this.api?.apollo.stop();
  }
}
