import type { ExecutionResult } from "graphql";
import type { Release } from "../catalogue/release";
import type { ModelVersion, Registry } from "../models/registry/registry";
import { FairTurns } from "./loading/fair-turns";
import { remember } from "./loading/remember";
import { StarLoaders } from "./loading/star-loaders";
import { starReads } from "./loading/star-reads";
import type { OperationNote } from "./operation-note";
import type { Services } from "./services";

/** Receives defects. Has the shape of pino's loggers, so that the server's own can be used. */
export interface Log {
  error(details: object, message: string): void;
}

/** Passed to every resolver: the services, and the data that this request has loaded. */
export interface Context extends Services {
  readonly requestId: string;
  readonly log: Log;
  readonly note: OperationNote;
  /** The result of the execution, if it took place before Apollo was asked; otherwise null. */
  executed: Promise<ExecutionResult> | null;
  /** Aborts once the client has disconnected. Created only on demand, because most requests never need it. */
  gone(): AbortSignal;
  /** Reads from the database when it is this request's turn: for statements that are not merged with those of others. */
  inTurn<T>(read: () => Promise<T>): Promise<T>;
  /** Asks to execute an operation of this cost; undefined if it may begin at once. Rejects with a GraphQLError if it may not. */
  admit(cost: number): Promise<void> | undefined;
  loaders(release: Release): StarLoaders;
  /** Resolves NAME, NAME@alias or NAME@version, to the same version throughout the request. */
  modelVersion(reference: string): Promise<ModelVersion>;
  /** The champion of every model. */
  champions(): Promise<ModelVersion[]>;
}

/** What the HTTP server passes on about a request. */
interface Request {
  readonly id: string;
  readonly log: Log;
  readonly note: OperationNote;
  gone(): AbortSignal;
  /** absent: everything may begin at once */
  admit?(cost: number): Promise<void> | undefined;
}

/** Pages that are read at once, so that most of the pool's connections are left for merged reads. The embedded engine has one. */
const PAGES_AT_ONCE = 4;

/**
 * Returns a function that creates the context of a request. Requests share the reads from the database, which do not
 * depend on the client. Loaded data and resolved model versions belong to one request and are never shared.
 */
export function requestContexts(services: Services): (request: Request) => Context {
  const reads = remember((release: Release) => starReads(services.database, release));
  const turns = new FairTurns(services.database.engine === "embedded" ? 1 : PAGES_AT_ONCE);
  return ({ id, log, note, gone, admit = () => undefined }) => {
    const champions = remember((registry: Registry) => registry.champions());
    return {
      ...services,
      requestId: id,
      log,
      note,
      gone,
      admit,
      inTurn: (read) => turns.take(note, read),
      executed: null,
      loaders: remember((release) => new StarLoaders(services, reads(release), release)),
      modelVersion: remember((reference) => services.registry.resolve(reference)),
      champions: () => champions(services.registry),
    };
  };
}
