import { Readable } from "node:stream";
import type { FastifyPluginAsync } from "fastify";
import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { whenGone } from "../when-closed";
import { coneParameters } from "./cone-parameters";
import { coneTable, errorTable } from "./cone-table";
import { availabilityXml, capabilitiesXml } from "./vosi";

/** Simple Cone Search 1.03 (2.2.2). */
const VOTABLE = "text/xml;content=x-votable;charset=utf-8";
const XML = "text/xml;charset=utf-8";

interface Options {
  /** null while the server cannot serve */
  database(): Database | null;
}

/** Errors of the request have status 200, as Simple Cone Search requires: old clients read no other answers. */
const STATUS: { readonly [code: string]: number } = { BAD_INPUT: 200, DATABASE: 503, OVERLOADED: 503 };

/** The Virtual Observatory endpoints: cone search, and the capabilities and availability that VOSI requires. */
export const virtualObservatory: FastifyPluginAsync<Options> = async (http, { database }) => {
  http.setErrorHandler((error: Error, request, reply) => {
    const told = error instanceof AppError;
    if (!told) request.log.error({ err: error }, "a cone search failed");
    const message = told ? error.message : `Something went wrong inside. The server's log holds it under ${request.id}.`;
    return reply
      .code(told ? (STATUS[error.code] ?? 500) : 500)
      .type(VOTABLE)
      .send(errorTable(message));
  });

  http.get("/vo/scs", async (request, reply) => {
    const parameters = coneParameters(request.query);
    const open = database();
    if (!open) throw new AppError("DATABASE", "The server is starting or shutting down. Try again in a moment.");
    return reply.type(VOTABLE).send(Readable.from(await coneTable(open, parameters, whenGone(reply))));
  });

  http.get("/vo/availability", async (request, reply) => {
    const answered = await database()
      ?.query("SELECT 1")
      .catch((error: Error) => request.log.warn({ err: error }, "not available: the database does not answer"));
    return reply.type(XML).send(availabilityXml(Boolean(answered)));
  });

  http.get("/vo/capabilities", async (request, reply) => reply.type(XML).send(capabilitiesXml(`${request.protocol}://${request.host}`)));
};
