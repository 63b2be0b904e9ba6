import { existsSync } from "node:fs";
import { Option } from "commander";
import type { TrainingSet } from "../../training/datasets/training-set";
import { renderClassTable } from "../../training/evaluation/class-table";
import { evaluateVersion, type Scope, type VersionEvaluation } from "../../training/evaluation/evaluate-version";
import { confusionFigure } from "../../training/evaluation/figures/confusion";
import { describeFigures, writeFigures } from "../../training/evaluation/figures/write-figures";
import { metricOf } from "../../training/evaluation/metric";
import { renderTable } from "../../training/evaluation/table";
import { fileModalityOf } from "../../training/file-modalities";
import { readCatalogue } from "../../training/values/catalogue";
import { readStudyLabelled } from "../../training/values/study/registered-study";
import type { Database } from "../database/database";
import { AppError } from "../errors";
import type { TableChoice } from "../formats/open-table";
import type { Manifest } from "../models/registry/manifest";
import { Registry } from "../models/registry/registry";
import { type DefineCommand, EXISTING, print, withDatabase } from "./command";
import { defineTableChoice, tableChoice } from "./table-choice";
import { wholeNumbers } from "./whole-number";

interface EvaluateOptions extends TableChoice {
  readonly data?: string;
  readonly onlyFolds?: readonly number[];
  readonly stars?: Scope;
  readonly figures?: string;
  readonly json?: boolean;
}

/** The table that is named, else what the version was trained on. @throws AppError NOT_FOUND where that is gone */
async function readStars(database: Database, manifest: Manifest, options: EvaluateOptions): Promise<TrainingSet> {
  const { model, version, data } = manifest;
  const { data: place, onlyFolds: folds } = options;
  const given = { ...(folds && { folds }), choice: tableChoice(options) };
  if (place !== undefined) return fileModalityOf(manifest).readLabelled(place, manifest, given);
  if (folds !== undefined) throw new AppError("BAD_INPUT", "--only-folds names folds of a folder of light curves: add --data FOLDER.");
  if (data.path === null && manifest.study) return readStudyLabelled(database, manifest);
  if (data.path === null) return readCatalogue(database, data.synthetic ? "synthetic" : "real");
  if (existsSync(data.path)) return fileModalityOf(manifest).readLabelled(data.path, manifest, {});
  throw new AppError("NOT_FOUND", `${model}@${version} was trained on ${data.path}, which is not there: say with --data where it is now.`);
}

/** Whether the figures are to be believed. */
function caution({ scope, sawStars }: VersionEvaluation, name: string): string[] {
  if (sawStars)
    return [
      `It was fitted on these very stars. \`asterism models show ${name.split("@")[0]}\` has its figures by fits that left each of them out.`,
    ];
  return scope === "all" ? ["Stars it was trained on, if there are any among them, make it look better than it is."] : [];
}

function text(name: string, evaluation: VersionEvaluation, figures: readonly string[]): string {
  const { source, scope, ownTestStars, sawStars, labels, classes, unscored } = evaluation;
  const unseen = ownTestStars ? "its own test stars" : "stars that no version trains on";
  const stars = scope === "all" ? "all stars" : sawStars ? "a part of its stars" : unseen;
  const tables = [...(labels.length > 0 ? [renderTable(labels)] : []), ...classes.map(renderClassTable)];
  const vectors = unscored.length > 0 ? [`Vectors have no true values to be scored by: ${unscored.join(", ")}.`] : [];
  const lines = [...tables.flatMap((table) => ["", table]), ...vectors, ...caution(evaluation, name), ...describeFigures(figures)];
  return [`${name} on ${source}, ${stars}:`, ...lines].join("\n");
}

async function evaluate(reference: string, options: EvaluateOptions): Promise<void> {
  const { stars, figures, json } = options;
  const { name, evaluation } = await withDatabase(async (database, config) => {
    const registry = new Registry(database, config.dataDir);
    const version = await registry.resolve(reference);
    const artifact = await registry.load(version);
    const set = await readStars(database, artifact.manifest, options);
    return { name: `${version.model}@${version.version}`, evaluation: await evaluateVersion(artifact, set, stars) };
  }, EXISTING);
  const confusions = evaluation.classes.map((one) => ({ name: `${one.name}-confusion.svg`, svg: confusionFigure(one, name) }));
  const files = figures === undefined ? [] : await writeFigures(figures, evaluation.predictions, name, confusions);
  const { predictions: _, ...shown } = evaluation;
  const { name: metric, value } = metricOf(evaluation);
  print({ model: name, ...shown, metric: { name: metric, value }, figures: files }, text(name, evaluation, files), json);
}

export const defineEvaluate: DefineCommand = (program) => {
  defineTableChoice(program.command("evaluate"))
    .description("compute a version's error tables again, with its model file as it is served")
    .argument("<model>", "NAME (its champion), NAME@champion, NAME@challenger or NAME@version")
    .option("--data <path>", "a labelled table, a folder of such tables, or a folder of light curves (default: what it was trained on)")
    .option(
      "--only-folds <list>",
      "only stars in these cv_folds of a folder of light curves, separated by commas",
      wholeNumbers("--only-folds", 0, 99),
    )
    .addOption(
      new Option(
        "--stars <scope>",
        "test: only the test stars, the default for the data it was trained on; all: every star, the default for other data",
      ).choices(["test", "all"]),
    )
    .option("--figures <dir>", "folder to draw the evaluation in, as SVG")
    .option("--json", "print JSON")
    .action(evaluate);
};
