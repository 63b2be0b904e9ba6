import { HeaderMap } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { QUERY_LIMITS } from "../../graphql/limits";
import type { Guard, Sharing } from "./guard";
import { EXHAUSTED_MESSAGE, OVERLOADED_MESSAGE, RETRY_AFTER_S } from "./refusal";

/** Lets an operation begin, now that its cost is known; undefined if it may at once. Rejects with a GraphQLError if it may not. */
export type Admit = (request: FastifyRequest, reply: FastifyReply, cost: number) => Promise<void> | undefined;

const refusal = (message: string, code: string, status: number, seconds: number) =>
  new GraphQLError(message, { extensions: { code, http: { status, headers: new HeaderMap([["retry-after", String(seconds)]]) } } });

/** @param guard null where the number of requests is not limited */
export function admitter(guard: Guard | null, { clients, budgets }: Sharing): Admit {
  const pay = async (reply: FastifyReply, spending: NonNullable<ReturnType<typeof budgets.spend>>) => {
    const left = await spending;
    reply.headers(budgets.headers(left));
    if (left.exceeded) throw refusal(EXHAUSTED_MESSAGE, "RATE_LIMITED", 429, left.seconds);
  };
  const enterDear = async (request: FastifyRequest, reply: FastifyReply) => {
    if (await guard!.enterDear(request, reply)) return;
    throw refusal(OVERLOADED_MESSAGE, "OVERLOADED", 503, RETRY_AFTER_S);
  };
  return (request, reply, cost) => {
    const spending = budgets.spend(clients.of(request.raw), cost);
    const isDear = guard !== null && cost >= QUERY_LIMITS.dear;
    const paid = spending ? pay(reply, spending) : undefined;
    if (!isDear) return paid;
    return paid ? paid.then(() => enterDear(request, reply)) : enterDear(request, reply);
  };
}
