import { Readable } from "node:stream";
import type { FastifyPluginAsync } from "fastify";
import { AppError } from "../../errors";
import type { Services } from "../../graphql/services";
import type { Readiness } from "../health/readiness";
import { OVERLOADED_MESSAGE, type Refusal } from "../overload/refusal";
import { whenGone } from "../when-closed";
import { coneParameters } from "./cone-parameters";
import { coneTable, errorTable } from "./cone-table";
import { availabilityXml, capabilitiesXml } from "./vosi";

/** Simple Cone Search 1.03 (2.2.2). */
const VOTABLE = "text/xml;content=x-votable;charset=utf-8";
const XML = "text/xml;charset=utf-8";

interface Options {
  /** null while the server cannot serve */
  services(): Services | null;
  readonly readiness: Readiness;
  /** whether requests are waiting */
  busy(): boolean;
}

/** Cone search clients read errors from a VOTable, an overloaded server included. */
const REFUSAL: Refusal = { contentType: VOTABLE, body: Buffer.from(errorTable(OVERLOADED_MESSAGE)) };

/** Clients ask the VOSI endpoints when a service fails, so these are answered even if the server is overloaded. */
const WATCH = { config: { role: "watch" } } as const;

/** @returns whether cone searches are answered, and the reason if not */
async function availability({ services, readiness, busy }: Options): Promise<string> {
  const running = services();
  if (!running) return availabilityXml(false, "the server is starting or shutting down");
  const { database } = await readiness.check(running);
  if (database?.status !== "ok") return availabilityXml(false, "the database does not answer");
  return availabilityXml(true, busy() ? "the server is busy and refuses some requests" : "cone searches are answered");
}

/** Errors of the request have status 200, as Simple Cone Search requires: old clients read no other answers. */
const STATUS: { readonly [code: string]: number } = { BAD_INPUT: 200, DATABASE: 503, OVERLOADED: 503 };

/** The Virtual Observatory endpoints: cone search, and the capabilities and availability that VOSI requires. */
export const virtualObservatory: FastifyPluginAsync<Options> = async (http, options) => {
  http.setErrorHandler((error: Error, request, reply) => {
    const told = error instanceof AppError;
    if (!told) request.log.error({ err: error }, "a cone search failed");
    const message = told ? error.message : `Something went wrong inside. The server's log holds it under ${request.id}.`;
    return reply
      .code(told ? (STATUS[error.code] ?? 500) : 500)
      .type(VOTABLE)
      .send(errorTable(message));
  });

  http.get("/vo/scs", { config: { refusal: REFUSAL } }, async (request, reply) => {
    const parameters = coneParameters(request.query);
    const running = options.services();
    if (!running) throw new AppError("DATABASE", "The server is starting or shutting down. Try again in a moment.");
    return reply.type(VOTABLE).send(Readable.from(await coneTable(running.database, parameters, whenGone(reply))));
  });

  http.get("/vo/availability", WATCH, async (_request, reply) => reply.type(XML).send(await availability(options)));

  http.get("/vo/capabilities", WATCH, async (request, reply) =>
    reply.type(XML).send(capabilitiesXml(`${request.protocol}://${request.host}`)),
  );
};
