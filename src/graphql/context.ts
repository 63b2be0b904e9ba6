import type { Release } from "../catalogue/star";
import type { Database } from "../database/database";
import { type StarLoaders, starLoaders } from "./loaders";

/** What a defect is written to: pino's shape, so that the server's logger fits. */
export interface Log {
  error(details: object, message: string): void;
}

/** What outlives a request. */
export interface Services {
  readonly database: Database;
  /** of asterism */
  readonly version: string;
  /** largest page, and largest list of ids or inputs */
  readonly maxPageSize: number;
}

/** What a resolver is given: the services, and this request's loaders. */
export interface Context extends Services {
  readonly requestId: string;
  readonly log: Log;
  loaders(release: Release): StarLoaders;
}

/** A context for one request: what one request loads is never seen by another. */
export function requestContext(services: Services, request: { readonly id: string; readonly log: Log }): Context {
  const perRelease = new Map<Release, StarLoaders>();
  return {
    ...services,
    requestId: request.id,
    log: request.log,
    loaders(release) {
      const known = perRelease.get(release) ?? starLoaders(services.database, release);
      perRelease.set(release, known);
      return known;
    },
  };
}
