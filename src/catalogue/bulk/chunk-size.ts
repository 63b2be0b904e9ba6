import type { Database } from "../../database/database";

/** How much shorter the chunks of a server on the embedded engine are: its statements run in the thread that answers requests. */
const SHORTER = 20;

/** @returns the rows of one statement of a long read: about 10 ms of work where others wait for it */
export const chunkSize = ({ keepsOthersWaiting = false }: Pick<Database, "keepsOthersWaiting">, rows: number): number =>
  keepsOthersWaiting ? Math.ceil(rows / SHORTER) : rows;
