import { performance } from "node:perf_hooks";
import type { FastifyError, FastifyPluginAsync, FastifyReply } from "fastify";
import { AppError, type ErrorCode, isDatabaseAway } from "../../errors";
import type { Services } from "../../graphql/services";
import { crossmatchRoute } from "../crossmatch/crossmatch-route";
import { exportRoute } from "../export/export-route";
import { lookupRoute } from "../lookup/lookup-route";
import { manifestRoute } from "../models/manifest-route";
import { Bulk } from "./bulk";
import { forgetDownload } from "./download";

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

export interface BulkOptions {
  /** null while the server cannot serve */
  services(): Services | null;
  /** a monotonic clock [ms]; default: performance.now */
  now?(): number;
}

/**
 * Whole tables as files: `GET /export/<table>`, `POST /lookup` for those of chosen stars, `POST /crossmatch` for those of objects with
 * positions, and the manifests of models.
 */
export const bulkRoutes: FastifyPluginAsync<BulkOptions> = async (http, { services, now = () => performance.now() }) => {
  const bulk = new Bulk(services, now);
  http.setErrorHandler((error: FastifyError, _request, reply) => explain(error, reply));
  await http.register(exportRoute, { bulk });
  await http.register(lookupRoute, { bulk });
  await http.register(crossmatchRoute, { bulk });
  await http.register(manifestRoute, { bulk });
};
