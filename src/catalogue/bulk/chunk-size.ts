import type { Database } from "../../database/database";

/** How much shorter the chunks of the embedded engine are: its statements run in this thread, and everything else waits for them. */
const SHORTER = 20;

/** @returns the rows of one statement of a long read: about 10 ms of work on the embedded engine */
export const chunkSize = ({ engine }: Pick<Database, "engine">, rows: number): number =>
  engine === "embedded" ? Math.ceil(rows / SHORTER) : rows;
