import path from "node:path";
import type { Command } from "commander";
import { describeFigures, writeFigures } from "../../training/evaluation/figures/write-figures";
import { renderTable } from "../../training/evaluation/table";
import type { TrainingReport, Watch } from "../../training/recipe";
import type { Config } from "../config";
import type { Database } from "../database/database";
import { EXIT_STATUS } from "../errors";
import { makeFolder } from "../make-folder";
import { ArtifactStore } from "../models/registry/artifact-store";
import { classesOf } from "../models/registry/output";
import { note, print, withDatabase } from "./command";
import { asAppError, thrownText } from "./failure";
import { progressBar } from "./progress";
import { wholeNumber } from "./whole-number";

/** What every recipe's command takes. */
export interface Output {
  readonly figures?: string;
  readonly json?: boolean;
}

/** Aborts at the first SIGINT or SIGTERM, so that the best so far is kept; a second one ends the process at once. */
function abortOnSignal(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => {
    process.stderr.write("\nInterrupted: keeping the best so far. Once more to leave at once.\n");
    controller.abort();
    release();
  };
  const release = () => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return { signal: controller.signal, release };
}

function summary({ version, evaluations, repeatability, interrupted }: TrainingReport, figures: readonly string[]): object {
  const { manifest } = version;
  return {
    model: version.model,
    version: version.version,
    aliases: version.aliases,
    sha256: version.sha256,
    backend: manifest.backend,
    libraries: manifest.libraries,
    members: manifest.members,
    seed: manifest.seed,
    settings: manifest.settings,
    data: manifest.data,
    metric: manifest.metric,
    labels: evaluations,
    classes: classesOf(manifest).map(({ name, column, classes, test, before }) => ({ name, column, classes, after: test, before })),
    repeatability,
    interrupted,
    figures,
  };
}

function text({ version, evaluations, repeatability, notes = [] }: TrainingReport, figures: readonly string[]): string {
  const { manifest, aliases } = version;
  const { train, validation, test } = manifest.data.stars;
  const spread = (repeatability ?? []).map(
    ({ name, unit, trainings, meanAbsoluteDeviation, medianAbsoluteDeviation }) =>
      `Repeatability of ${name} over ${trainings} trainings: mean absolute deviation ${meanAbsoluteDeviation.toPrecision(3)} ${unit}, median ${medianAbsoluteDeviation.toPrecision(3)} ${unit}.`,
  );
  return [
    `${version.model}@${version.version}${aliases.length ? ` (${aliases.join(", ")})` : ""}, trained on ${manifest.data.source}${manifest.data.synthetic ? " (a synthetic sky)" : ""} by ${manifest.backend}:`,
    `${manifest.members} ${manifest.members === 1 ? "member" : "members"} a label; ${train} rows to fit, ${validation} to validate, ${test} to test.`,
    ...(evaluations.length > 0 ? ["", renderTable(evaluations)] : []),
    ...spread,
    ...(notes.length > 0 ? ["", ...notes, ""] : []),
    ...describeFigures(figures),
  ].join("\n");
}

/** Beside the artifact. */
const figuresFolder = ({ dataDir }: Config, { model, version }: TrainingReport["version"]) =>
  path.join(new ArtifactStore(dataDir).folder(model, version), "figures");

/**
 * Draws the evaluation in each folder. Where that fails it is told and no failure: the version is registered.
 *
 * @returns the files of the last folder that could be written
 */
async function drawOrTell({ version, predictions, figures }: TrainingReport, folders: readonly string[]): Promise<readonly string[]> {
  const title = `${version.model}@${version.version}`;
  let files: readonly string[] = [];
  for (const folder of folders) {
    try {
      files = await writeFigures(folder, predictions, title, figures);
    } catch (error) {
      note(`${title} is registered, but its figures could not be drawn in ${folder}: ${asAppError(error)?.message ?? thrownText(error)}`);
    }
  }
  return files;
}

/** A recipe with its options, ready to run. */
export type Train = (database: Database, config: Config, watch: Watch) => Promise<TrainingReport>;

/** Trains with a progress bar, draws the evaluation and prints what came out. */
export async function trainAndPrint(recipe: string, train: Train, { figures, json }: Output): Promise<void> {
  if (figures !== undefined) makeFolder(figures); // before the training, which may be long
  const bar = progressBar(recipe, { json });
  const { signal, release } = abortOnSignal();
  const { report, kept } = await withDatabase(async (database, config) => {
    const trained = await train(database, config, { onProgress: bar.update, interrupt: signal });
    return { report: trained, kept: figuresFolder(config, trained.version) };
  }).finally(() => {
    bar.stop();
    release();
  });
  const title = `${report.version.model}@${report.version.version}`;
  const files = await drawOrTell(report, figures === undefined ? [kept] : [kept, figures]);
  print(summary(report, files), text(report, files), json);
  if (!report.interrupted) return;
  // No error is thrown: what --json prints is one document, and it says `interrupted`.
  process.stderr.write(`Interrupted: the best so far is registered as ${title}.\n`);
  process.exitCode = EXIT_STATUS.INTERRUPTED;
}

/** Options that every recipe's command has. */
export function defineOutput(command: Command, recipe: string): Command {
  return command
    .option("--model <name>", `name to register it under (default: ${recipe})`)
    .option(
      "--seed <n>",
      "seed of the random numbers: with the same one, a training on the same backend repeats (default: 1)",
      wholeNumber("--seed", 0, 2 ** 31 - 1),
    )
    .option("--figures <dir>", "folder to draw the evaluation in, besides the model's own folder")
    .option("--json", "print JSON");
}
