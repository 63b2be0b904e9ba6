import { makeSky, type SkyReport } from "../catalogue/synthetic-sky/make-sky";
import { removeSky } from "../catalogue/synthetic-sky/remove-sky";
import { MAX_STARS } from "../science/synthetic-sky/synthetic-star";
import { type DefineCommand, print, withDatabase } from "./command";
import { withProgress } from "./progress";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly stars: number;
  readonly seed: number;
  readonly replace?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
}

const HELP = `
The stars are made from simple published relations (docs/decisions/0004-synthetic-sky.md) and marked synthetic
everywhere. They serve demonstrations, load tests and tests of the software: nothing found on them says anything about
real stars. The same number of stars and seed give the same rows, byte for byte, on both engines.`;

const describe = ({ sky, made, removed }: SkyReport) =>
  made
    ? `Made the ${sky}${removed > 0 ? `, in place of ${removed} synthetic stars` : ""}.`
    : `The ${sky}, is there already: nothing to do.`;

async function make({ stars, seed, replace = false, json = false }: Options): Promise<void> {
  const report = await withProgress("Synthetic sky", { json }, (onProgress) =>
    withDatabase((database) => makeSky(database, { stars, seed, replace, onProgress })),
  );
  print(report, describe(report), json);
}

export const defineSynthesize: DefineCommand = (program) => {
  program
    .command("synthesize")
    .description("make a deterministic synthetic sky: Gaia, SkyMapper, 2MASS, AllWISE and survey labels of stars that do not exist")
    .option("--stars <number>", "how many stars", wholeNumber("--stars", 1, MAX_STARS), 20_000)
    .option("--seed <number>", "seed of the random numbers: another seed makes another sky", wholeNumber("--seed", 0, 2 ** 32 - 1), 42)
    .option("--replace", "first remove a synthetic sky of another size or seed")
    .option("--remove", "only remove the synthetic sky, with its labels and predictions")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      if (!options.remove) return make(options);
      const removal = await withDatabase((database) => removeSky(database));
      print(removal, `Removed ${removal.stars} synthetic stars.`, options.json);
    });
};
