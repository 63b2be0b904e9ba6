import { Option } from "commander";
import { makeRrlCatalogue, type RrlCatalogueReport } from "../../training/products/rrl-catalogue/rrl-catalogue";
import type { ClusterMean, ReferenceComparison } from "../../training/products/rrl-catalogue/validate";
import { parseRelease, type Release } from "../catalogue/release";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../formats/table-formats";
import { MODALITIES } from "../modalities/modalities";
import { Predictor, UNHURRIED } from "../models/predictor";
import { Registry } from "../models/registry/registry";
import { originToday } from "../server/bulk/origin";
import { type DefineCommand, EXISTING, note, print, withDatabase } from "./command";
import { outputFormat } from "./output-format";
import { progressBar } from "./progress";

interface Options {
  readonly output: string;
  readonly format?: TableFormatName;
  readonly release: Release;
  readonly models?: readonly string[];
  readonly reference?: string;
  readonly clusters?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

const HELP = `
Each star gets the estimate of the model with the smallest error on its test stars (with --models: of the first one). If that model had to
extrapolate for the star and another did not, the other one's estimate is taken. --reference: a table with source_id, feh, feh_error.
--clusters: a table with source_id and cluster. If the command is killed and run again, it continues with the stars that lack a prediction.`;

/** A bar a stage. */
function stageBars(json: boolean | undefined) {
  let current: { stage: string; bar: ReturnType<typeof progressBar> } | null = null;
  return {
    update(stage: string, done: number, total: number) {
      if (current?.stage !== stage) {
        current?.bar.stop();
        current = { stage, bar: progressBar(stage, { json }) };
      }
      current.bar.update(done, total);
    },
    stop: () => current?.bar.stop(),
  };
}

async function run({ output, json, format = outputFormat(output), ...options }: Options): Promise<RrlCatalogueReport> {
  return withDatabase(async (database, config) => {
    const registry = new Registry(database, config.dataDir);
    const predictor = new Predictor(registry, MODALITIES, { ...config, ...UNHURRIED });
    const bars = stageBars(json);
    try {
      return await makeRrlCatalogue(
        database,
        registry,
        predictor,
        { ...options, file: output, format, origin: originToday(), onNote: note },
        bars.update,
      );
    } finally {
      bars.stop();
      await predictor.close();
    }
  }, EXISTING);
}

const dex = (value: number | null): string => (value === null ? "-" : value.toFixed(3));

function describeReference({ listed, errors, coverage, unflagged }: ReferenceComparison): string {
  if (!errors) return `Reference: none of its ${listed} stars has an estimate.`;
  const doubtful = unflagged ? `; of the ${unflagged.stars} without a flag ${dex(unflagged.rmse)}` : "";
  const line = `mean ${dex(errors.mean)}, sigma ${dex(errors.sigma)}, mean absolute deviation ${dex(errors.meanAbsoluteDeviation)}, RMSE ${dex(errors.rmse)} dex`;
  return `Reference: ${errors.stars} of ${listed} stars, catalogue - reference: ${line}${doubtful}; ${(100 * coverage!).toFixed(0)}% within one standard error.`;
}

const describeCluster = ({ cluster, members, listed, feh, fehError, scatter, listedFeh }: ClusterMean): string =>
  `${cluster.padEnd(16)} ${`${members}/${listed}`.padStart(9)} ${dex(feh).padStart(8)} ${dex(fehError).padStart(8)} ${dex(scatter).padStart(8)} ${dex(listedFeh).padStart(8)}`;

function describe({ file, stars, versions, reference, clusters }: RrlCatalogueReport): string {
  const head = `${"cluster".padEnd(16)} ${"members".padStart(9)} ${["[Fe/H]", "error", "scatter", "listed"].map((name) => name.padStart(8)).join(" ")}`;
  return [
    `${file}: ${stars} RR Lyrae.`,
    ...versions.map(
      (one) => `${one.model}@${one.version}: ${one.stars} light curves predicted now, ${one.unpredicted} of them without an answer.`,
    ),
    ...(reference ? [describeReference(reference)] : []),
    ...(clusters ? [head, ...clusters.map(describeCluster)] : []),
  ].join("\n");
}

export const defineRrlCatalogue: DefineCommand = (program) => {
  program
    .command("rrl-catalogue")
    .description("write the best metallicity of every RR Lyrae star in the database to a file, and compare it with spectra and clusters")
    .requiredOption("--output <file>", "file to write; an existing one is replaced")
    .addOption(new Option("--format <format>", "format of the file (default: by its name)").choices(TABLE_FORMAT_NAMES))
    .addOption(new Option("--release <release>", "Gaia data release").argParser(parseRelease).default(3, "DR3"))
    .option(
      "--models <list>",
      "versions separated by commas, the most trusted first (default: every champion that predicts them)",
      (text) => text.split(","),
    )
    .option("--reference <file>", "table of stars with spectroscopic [Fe/H]")
    .option("--clusters <file>", "table of cluster members")
    .option("--resume", "continue the unfinished file of the last run (csv, ecsv, ndjson)")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      const report = await run(options);
      print(report, describe(report), options.json);
    });
};
