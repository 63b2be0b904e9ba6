import { Signal, type Timing } from "./signal";

/** A statement was answered, the wait for a connection included. */
export interface Statement {
  /** what a prepared statement is called; `query`, `script`, `copy` and `bulk` for the others */
  readonly name: string;
}

/** One batch went through a model. */
export interface Inference {
  /** as messages call it: `sos-mlp@3` */
  readonly model: string;
  /** in the batch */
  readonly stars: number;
}

/** What one kind of field read, for however many fields and requests at once. */
export interface Lookup {
  /** what is read: a part of stars by their ids, a page of a list or of a region */
  readonly group: string;
  /** stars that were asked for, each once, or that a page may hold */
  readonly keys: number;
  /** what it answers: a load of each request, but for requests that load twice */
  readonly loads: number;
  /** loads that were left waiting for the next one */
  readonly waiting: number;
}

/** Something kept was there, or had to be made. */
export interface CacheUse {
  /** which cache: document, compiled or persisted */
  readonly cache: string;
  readonly hit: boolean;
}

/** Told of an operation that was executed: what it answered may have errors. */
export const operationExecuted = new Signal<Timing>("asterism:graphql:execute");
export const statementAnswered = new Signal<Statement & Timing>("asterism:database:statement");
export const batchInferred = new Signal<Inference & Timing>("asterism:models:inference");
export const lookedUp = new Signal<Lookup & Timing>("asterism:graphql:lookup");
export const cacheUsed = new Signal<CacheUse>("asterism:graphql:cache");
