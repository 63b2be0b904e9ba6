import type { FastifyPluginAsync } from "fastify";
import { AppError } from "../../errors";
import type { Bulk } from "../bulk/bulk";
import { entityTag, isUnchanged } from "../bulk/etag";

/** [s] A year, the longest there is: a version never changes. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** `GET /models/NAME/VERSION`: everything that is to be known of an immutable version besides its weights. */
export const manifestRoute: FastifyPluginAsync<{ readonly bulk: Bulk }> = async (http, { bulk }) => {
  http.get<{ Params: { name: string; version: string } }>("/models/:name/:version", async (request, reply) => {
    const { registry, version: ours } = bulk.services();
    const { name, version } = request.params;
    // An alias moves: what it points to must not be kept for a year.
    if (!/^\d+$/.test(version)) throw new AppError("BAD_INPUT", `The version must be a number, not '${version.slice(0, 40)}'.`);
    const { manifest, manifestSha256, sha256, bytes, synthetic } = await registry.resolve(`${name}@${version}`);
    if (isUnchanged(request, reply, entityTag(ours, manifestSha256), FOR_EVER)) return reply.code(304).send();
    return reply.type("application/json; charset=utf-8").send({ ...manifest, artifact: { sha256, bytes, synthetic } });
  });
};
