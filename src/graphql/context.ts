import type { Release } from "../catalogue/release";
import type { ModelVersion, Registry } from "../models/registry";
import { type StarLoaders, starLoaders } from "./loaders";
import type { Services } from "./services";

/** What a defect is written to: pino's shape, so that the server's logger fits. */
export interface Log {
  error(details: object, message: string): void;
}

/** What a resolver is given: the services, and what this request has loaded. */
export interface Context extends Services {
  readonly requestId: string;
  readonly log: Log;
  loaders(release: Release): StarLoaders;
  /** The version that NAME, NAME@alias or NAME@version means, the same one throughout the request. */
  modelVersion(reference: string): Promise<ModelVersion>;
  /** The champion of every model. */
  champions(): Promise<ModelVersion[]>;
}

/** Calls `make` once a key. */
function remember<Key, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new Map<Key, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

async function championsOf(registry: Registry): Promise<ModelVersion[]> {
  const models = await registry.list();
  return models.flatMap(({ versions }) => versions.filter(({ aliases }) => aliases.includes("champion")));
}

/** A context for one request: what one request loads is never seen by another. */
export function requestContext(services: Services, request: { readonly id: string; readonly log: Log }): Context {
  const champions = remember((registry: Registry) => championsOf(registry));
  return {
    ...services,
    requestId: request.id,
    log: request.log,
    loaders: remember((release) => starLoaders(services, release)),
    modelVersion: remember((reference) => services.registry.resolve(reference)),
    champions: () => champions(services.registry),
  };
}
