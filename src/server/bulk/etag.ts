import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** @param parts all that the answer's bytes depend on @returns a strong entity tag (RFC 9110, 8.8.3) */
export function entityTag(...parts: readonly string[]): string {
  return `"${createHash("sha256").update(JSON.stringify(parts)).digest("base64url")}"`;
}

/**
 * A tag of answers that say the same and may differ in bytes: a file names the day on which it was asked for, so
 * equal files of two days are not the same to the byte.
 *
 * @param parts all that the answer depends on but the day @returns a weak entity tag (RFC 9110, 8.8.3)
 */
export const weakTag = (...parts: readonly string[]): string => `W/${entityTag(...parts)}`;

/** Whether If-None-Match names the tag; weak and strong ones compare alike there (RFC 9110, 13.1.2). */
export function isKnown(header: string | undefined, tag: string): boolean {
  const known = header?.split(",").map((one) => one.trim().replace(/^W\//, "")) ?? [];
  return known.includes(tag.replace(/^W\//, "")) || known.includes("*");
}

/**
 * Tags the answer.
 *
 * @param cacheControl for how long it may be used without asking again
 * @returns whether the client has it already: 304 is to be answered then
 */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, tag: string, cacheControl: string): boolean {
  reply.header("etag", tag).header("cache-control", cacheControl);
  return isKnown(request.headers["if-none-match"], tag);
}
