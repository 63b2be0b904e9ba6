import type { TableHead } from "../../formats/output-table";
import { headJson } from "../../formats/table-head";
import { writeAtomically } from "./atomic-file";

/** Writes what a table says of itself beside it, as JSON, where a file is named for it. */
export async function writeHead(file: string | undefined, head: TableHead): Promise<void> {
  if (file !== undefined) await writeAtomically(file, (write) => write(headJson(head)));
}
