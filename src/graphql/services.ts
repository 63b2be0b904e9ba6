import type { Database } from "../database/database";
import type { Predictor } from "../models/predictor";
import type { Registry } from "../models/registry/registry";

/** Created once at start-up and shared by all requests. */
export interface Services {
  readonly database: Database;
  readonly registry: Registry;
  readonly predictor: Predictor;
  /** version of asterism */
  readonly version: string;
  /** largest page, and largest list of ids or inputs */
  readonly maxPageSize: number;
}
