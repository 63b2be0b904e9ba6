import type { Database } from "../../src/database/database";
import { AppError } from "../../src/errors";
import type { TableChoice } from "../../src/formats/open-table";
import { fromStarTable, type TrainingSet } from "../datasets/training-set";
import { readCatalogue, type Sky } from "./catalogue";
import { readStarTable } from "./table-folder";

/** Where a recipe's stars come from. */
export interface TrainingData extends TableChoice {
  /** a table, or a folder of tables; the catalogue when absent */
  readonly data?: string;
  /** which stars of the catalogue; those that were observed, where any carries labels, when absent */
  readonly sky?: Sky;
}

/** Fewer labelled stars than this leave folds and test sets that mean nothing. */
const FEWEST_STARS = 100;

/** @throws AppError BAD_INPUT or NOT_FOUND if there is nothing to train on */
export async function readTrainingSet(database: Database, { data, sky, table, acceptOverflow }: TrainingData): Promise<TrainingSet> {
  const set = data === undefined ? await readCatalogue(database, sky) : fromStarTable(await readStarTable(data, { table, acceptOverflow }));
  const fewest = Math.min(...set.references.map((values) => values.filter((value) => !Number.isNaN(value)).length));
  if (fewest < FEWEST_STARS)
    throw new AppError(
      "BAD_INPUT",
      `${set.source} has a label that only ${fewest} stars carry; at least ${FEWEST_STARS} are needed to train.`,
    );
  return set;
}
