import type { FastifyInstance } from "fastify";

/** What a Host header names on this machine; a browser that was led here by a rebound DNS name sends that name. */
const LOCAL = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** @returns a Host header's name in lower case, without its port */
export const hostName = (header: string): string => header.replace(/:\d*$/, "").toLowerCase();

/** Whether an address is reachable from this machine only. */
export const isLoopback = (address: string): boolean => address === "localhost" || address === "::1" || /^127(\.\d+){3}$/.test(address);

/**
 * @param listed names by which clients may reach the server; null: any name, or on a loopback address only those of this machine
 * @param listensOn the address that the server listens on
 * @returns whether a Host header's name is accepted
 */
export function acceptedHosts(listed: readonly string[] | null, listensOn: string): (name: string) => boolean {
  if (listed) {
    const names = new Set(listed.map(hostName));
    return (name) => names.has(name);
  }
  return isLoopback(listensOn) ? (name) => LOCAL.test(name) : () => true;
}

const countOf = (rawHeaders: readonly string[], name: string): number =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;

/**
 * Refuses requests whose Host names another server (421) or that have two of them (400): a proxy may judge by one and this
 * server by the other. Monitoring, which often asks by address, is answered all the same.
 */
export function checkHosts(http: FastifyInstance, isAccepted: (name: string) => boolean): void {
  http.addHook("onRequest", (request, reply, next) => {
    const { host = "" } = request.headers;
    const refuse = (status: number, message: string) =>
      reply.code(status).send({ errors: [{ message, extensions: { code: "BAD_REQUEST", requestId: request.id } }] });
    if (countOf(request.raw.rawHeaders, "host") > 1) refuse(400, "The request has two Host headers. Send one.");
    else if (request.routeOptions.config.role !== "watch" && !isAccepted(hostName(host)))
      refuse(
        421,
        `This server is not known as '${hostName(host).slice(0, 80)}'. Use a name of ASTERISM_HOSTS, which lists those that are accepted.`,
      );
    else next();
  });
}
