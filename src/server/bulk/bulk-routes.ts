import type { FastifyError, FastifyPluginAsync, FastifyReply } from "fastify";
import { AppError, type ErrorCode, isDatabaseAway } from "../../errors";
import type { Services } from "../../graphql/services";
import { exportRoute } from "../export/export-route";
import { lookupRoute } from "../lookup/lookup-route";
import { manifestRoute } from "../models/manifest-route";
import { whenClosed } from "../when-closed";
import { forgetDownload } from "./download";

/** What a route of bulk data works with. */
export interface Bulk {
  /** @throws AppError OVERLOADED while the server cannot serve */
  services(): Services;
  /** Takes one of the places of those that run. @throws AppError OVERLOADED where all are taken */
  takePlace(reply: FastifyReply): void;
}

/** Answers under way at once: each takes a database connection and a share of a processor. */
const MAX_RUNNING = 4;

const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  NOT_FOUND: 404,
  OVERLOADED: 503,
  DATABASE: 503,
  MODEL_UNAVAILABLE: 503,
};

/** A failure that its reader can act upon is told; any other goes to the server's own handler, which masks it. */
function explain(error: FastifyError | AppError, reply: FastifyReply): FastifyReply {
  forgetDownload(reply);
  if (isDatabaseAway(error)) return explain(new AppError("DATABASE", "The database does not answer. Try again in a moment."), reply);
  if (!(error instanceof AppError)) throw error;
  const status = STATUS[error.code] ?? 500;
  if (status === 503) reply.header("retry-after", "30");
  const errors = [{ message: error.message, extensions: { code: error.code, requestId: reply.request.id } }];
  return reply.code(status).type("application/json").send({ errors });
}

/** A place among those that run; given back when the answer's connection is done with it. */
class Places {
  private taken = 0;

  take(reply: FastifyReply): void {
    if (this.taken >= MAX_RUNNING)
      throw new AppError("OVERLOADED", `${MAX_RUNNING} downloads are under way already. Try again when one of them has ended.`);
    this.taken++;
    whenClosed(reply, () => {
      this.taken--;
    });
  }
}

function ready(services: Services | null): Services {
  if (services) return services;
  throw new AppError("OVERLOADED", "The server is starting or shutting down. Try again in a moment.");
}

/** Whole tables as files: `GET /export/<table>`, `POST /lookup` for those of chosen stars, and the manifests of models. */
export const bulkRoutes: FastifyPluginAsync<{ services(): Services | null }> = async (http, { services }) => {
  const places = new Places();
  const bulk = { services: () => ready(services()), takePlace: (reply: FastifyReply) => places.take(reply) };
  http.setErrorHandler((error: FastifyError, _request, reply) => explain(error, reply));
  http.addHook("onRoute", (route) => {
    route.config = { ...route.config, role: "bulk" };
  });
  await http.register(exportRoute, bulk);
  await http.register(lookupRoute, bulk);
  await http.register(manifestRoute, bulk);
};
