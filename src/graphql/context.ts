import type { Release } from "../catalogue/release";
import type { ModelVersion, Registry } from "../models/registry/registry";
import { remember } from "./loading/remember";
import { StarLoaders } from "./loading/star-loaders";
import { starReads } from "./loading/star-reads";
import type { OperationNote } from "./operation-note";
import type { Services } from "./services";

/** What a defect is written to: pino's shape, so that the server's logger fits. */
export interface Log {
  error(details: object, message: string): void;
}

/** What a resolver is given: the services, and what this request has loaded. */
export interface Context extends Services {
  readonly requestId: string;
  readonly log: Log;
  readonly note: OperationNote;
  /** Aborts once the client is gone. Made when it is asked for: most requests are answered sooner. */
  gone(): AbortSignal;
  loaders(release: Release): StarLoaders;
  /** The version that NAME, NAME@alias or NAME@version means, the same one throughout the request. */
  modelVersion(reference: string): Promise<ModelVersion>;
  /** The champion of every model. */
  champions(): Promise<ModelVersion[]>;
}

async function championsOf(registry: Registry): Promise<ModelVersion[]> {
  const models = await registry.list();
  return models.flatMap(({ versions }) => versions.filter(({ aliases }) => aliases.includes("champion")));
}

/** What a request is known by. */
interface Request {
  readonly id: string;
  readonly log: Log;
  readonly note: OperationNote;
  gone(): AbortSignal;
}

/**
 * Makes the contexts of requests. What does not depend on who asks is read for all of them together; what one request
 * has loaded, and the model versions that its references mean, is never seen by another.
 */
export function requestContexts(services: Services): (request: Request) => Context {
  const reads = remember((release: Release) => starReads(services.database, release));
  return ({ id, log, note, gone }) => {
    const champions = remember((registry: Registry) => championsOf(registry));
    return {
      ...services,
      requestId: id,
      log,
      note,
      gone,
      loaders: remember((release) => new StarLoaders(services, reads(release), release)),
      modelVersion: remember((reference) => services.registry.resolve(reference)),
      champions: () => champions(services.registry),
    };
  };
}
