import { Option } from "commander";
import { computeVariability, type VariabilitySummary } from "../../training/products/variability/compute-variability";
import { parseRelease, type Release } from "../catalogue/release";
import { forgetComputed } from "../catalogue/variability-rows";
import { analyseAfter } from "../database/analyse";
import { type DefineCommand, EXISTING, print, withDatabase } from "./command";
import { withProgress } from "./progress";

interface Options {
  readonly release: Release;
  readonly again?: boolean;
  readonly json?: boolean;
}

function describe({ release, lightCurves, withoutPeriod, withoutSeries }: VariabilitySummary): string {
  return `DR${release}: ${lightCurves} light curves described, ${withoutPeriod} without a period, ${withoutSeries} without a Fourier series; none lacks its values now.`;
}

export const defineVariability: DefineCommand = (program) => {
  program
    .command("variability")
    .description("compute periods (where none is published) and Fourier parameters of every light curve that lacks them")
    .addOption(new Option("--release <release>", "Gaia data release").argParser(parseRelease).default(3, "DR3"))
    .option("--again", "compute all of them again")
    .option("--json", "print JSON")
    .action(async ({ release, again, ...options }: Options) => {
      const summary = await withDatabase(async (database) => {
        if (again) await forgetComputed(database, release);
        const computed = await withProgress("variability", options, (onProgress) => computeVariability(database, release, onProgress));
        await analyseAfter(database, computed.lightCurves, ["variability"]);
        return computed;
      }, EXISTING);
      print(summary, describe(summary), options.json);
    });
};
