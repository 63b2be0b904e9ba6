import type { Command } from "commander";
import type { TableChoice } from "../formats/open-table";

/** Adds the options that say which table of a file is meant, and whether a part of a result is taken. */
export function defineTableChoice(command: Command): Command {
  return command
    .option("--table <name or number>", "which table of a file with several (VOTable, FITS), or which files of an archive")
    .option("--accept-overflow", "accept a VOTable that its service cut off at its limit of rows");
}

export const tableChoice = ({ table, acceptOverflow }: TableChoice): TableChoice => ({ table, acceptOverflow });
