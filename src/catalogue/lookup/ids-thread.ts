import path from "node:path";
import { readInThread } from "../bulk/read-in-thread";
import type { IdsOptions } from "./ids";

export interface IdsRequest {
  readonly file: string;
  readonly options: IdsOptions;
}

const WORK = {
  script: path.join(__dirname, "ids-worker.js"),
  most: "a table of a million ids",
  advice: "Send the column of ids alone, as CSV.",
};

/**
 * `readIds` in a thread of its own.
 *
 * @param signal ends it
 * @throws AppError as readIds and readInThread do
 */
export const readIdsInThread = (file: string, options: IdsOptions, signal: AbortSignal): Promise<BigInt64Array> =>
  readInThread({ ...WORK, data: { file, options } satisfies IdsRequest }, signal);
