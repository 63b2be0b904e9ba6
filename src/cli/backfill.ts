import { Option } from "commander";
import { type BackfillSummary, backfill } from "../../training/backfill/backfill";
import { indexStoredVectors } from "../../training/backfill/index-vectors";
import { countHoles, forgetUnpredicted } from "../catalogue/prediction";
import { parseRelease, type Release } from "../catalogue/release";
import { type Move, promote } from "../models/registry/move-champion";
import { type DefineCommand, print } from "./command";
import { withProgress } from "./progress";
import { wholeNumber } from "./whole-number";
import { withPredictor } from "./with-predictor";

interface Options {
  readonly release: Release;
  readonly batch?: number;
  readonly retry?: boolean;
  readonly promote?: boolean;
  readonly json?: boolean;
}

interface Outcome extends BackfillSummary {
  /** null: not asked for, or the champion already */
  readonly promotion: Move | null;
}

async function run(reference: string, { release, batch, ...options }: Options): Promise<Outcome> {
  return withPredictor(reference, async ({ database, registry, predictor, version }) => {
    if (options.retry) await forgetUnpredicted(database, version.id, release);
    const name = `${version.model}@${version.version}`;
    const summary = await withProgress(`backfill ${name}`, options, (onProgress) =>
      backfill(database, predictor, version, { release, ...(batch !== undefined && { rangeSize: batch }), onProgress }),
    );
    await indexStoredVectors(database, version, release);
    const asked = options.promote && !version.aliases.includes("champion");
    return { ...summary, promotion: asked ? await promote(database, name, countHoles, (candidate) => registry.load(candidate)) : null };
  });
}

function describe({ model, version, release, stars, unpredicted, promotion }: Outcome): string {
  const without = unpredicted ? `, ${unpredicted} of them without an answer` : "";
  const moved = promotion ? `\nThe champion of '${model}' is now version ${promotion.to} (was ${promotion.from ?? "none"}).` : "";
  return `${model}@${version}: ${stars} stars of DR${release} done here${without}; none lacks it now.${moved}`;
}

export const defineBackfill: DefineCommand = (program) => {
  program
    .command("backfill <model>")
    .description(
      "store a model version's predictions for every star that lacks them; it may be killed and run again, or run in several processes at once",
    )
    .addOption(new Option("--release <release>", "Gaia data release").argParser(parseRelease).default(3, "DR3"))
    .option("--batch <stars>", "stars written in one transaction (default: about a second's work)", wholeNumber("--batch", 1, 100_000))
    .option("--retry", "also try the stars again that had no answer, for example after their photometry was ingested")
    .option("--promote", "make the version the champion afterwards, if the promotion rule allows it")
    .option("--json", "print JSON")
    .addHelpText("after", "\n<model>: NAME (its champion), NAME@challenger, NAME@champion or NAME@VERSION.")
    .action(async (reference: string, options: Options) => {
      const outcome = await run(reference, options);
      print(outcome, describe(outcome), options.json);
    });
};
