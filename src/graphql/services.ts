import type { Database } from "../database/database";
import type { FoldingEngine } from "../models/folding/folding-engine";
import type { Predictor } from "../models/predictor";
import type { Registry } from "../models/registry";
import type { Engine } from "./execution/compiled-queries";
import type { Batch } from "./loading/coalescer";

/** What outlives a request. */
export interface Services {
  readonly database: Database;
  readonly registry: Registry;
  readonly predictor: Predictor;
  readonly folding: FoldingEngine;
  /** of asterism */
  readonly version: string;
  /** largest page, and largest list of ids or inputs */
  readonly maxPageSize: number;
  /** told of every batch that requests read together, as metrics want it */
  readonly onBatch?: (batch: Batch) => void;
  /** told of every execution of an operation, and whether it was compiled */
  readonly onExecution?: (engine: Engine) => void;
}
