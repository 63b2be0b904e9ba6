import type { Command } from "commander";
import type { TableChoice } from "../formats/open-table";

/** Adds the options that say which table of a file is meant, and whether a part of a result is taken. */
export function defineTableChoice(command: Command): Command {
  return command
    .option("--table <name or number>", "of a file with several tables (VOTable, FITS), or of an archive with several files")
    .option("--accept-overflow", "take a VOTable that its service cut off at the limit of rows");
}

export const tableChoice = ({ table, acceptOverflow }: TableChoice): TableChoice => ({ table, acceptOverflow });
