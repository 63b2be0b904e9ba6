import type { FastifyInstance } from "fastify";

interface Path {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** @param url of a route, whose parts that begin with a colon stand for anything */
const patternOf = (url: string): RegExp => new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/:[^/]+/g, "[^/]+")}$`);

/** Knows which methods each path answers. To be made before the routes are. */
export class AllowedMethods {
  private readonly paths = new Map<string, Path>();

  constructor(http: FastifyInstance) {
    http.addHook("onRoute", ({ url, method }) => {
      const path = this.paths.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      this.paths.set(url, path);
      for (const one of [method].flat()) path.methods.add(one);
    });
  }

  /** @returns the value of an Allow header; null for a path that there is not */
  of(path: string): string | null {
    const methods = [...this.paths.values()].filter(({ pattern }) => pattern.test(path)).flatMap((found) => [...found.methods]);
    return methods.length > 0 ? [...new Set(methods)].sort().join(", ") : null;
  }
}
