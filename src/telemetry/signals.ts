import { Signal, type Timing } from "./signal";

/** A statement was executed; its time includes the wait for a connection. */
export interface Statement {
  /** name of the prepared statement; `query`, `script`, `copy` and `bulk` for others */
  readonly name: string;
}

/** A model processed one batch. */
export interface Inference {
  /** `sos-mlp@3` */
  readonly model: string;
  /** in the batch */
  readonly stars: number;
}

/** One read of one kind of field, which may serve many fields and requests. */
export interface Lookup {
  /** kind of data: part of stars by ids, or a page of a list or region */
  readonly group: string;
  /** number of distinct stars, or size of the page */
  readonly keys: number;
  /** number of loads that it serves; usually one per request */
  readonly loads: number;
  /** loads that wait for the next read */
  readonly waiting: number;
}

/** A cache was used. */
export interface CacheUse {
  /** which cache: document, compiled or persisted */
  readonly cache: string;
  readonly hit: boolean;
}

/** An operation was executed, with or without errors. */
export const operationExecuted = new Signal<Timing>("asterism:graphql:execute");
export const statementAnswered = new Signal<Statement & Timing>("asterism:database:statement");
export const batchInferred = new Signal<Inference & Timing>("asterism:models:inference");
export const lookedUp = new Signal<Lookup & Timing>("asterism:graphql:lookup");
export const cacheUsed = new Signal<CacheUse>("asterism:graphql:cache");
