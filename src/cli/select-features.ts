import { Option } from "commander";
import { type FeatureSample, readFeatureSample } from "../../training/selection/feature-sample";
import { featureSelectionFigure } from "../../training/selection/feature-selection-figure";
import { type FeatureSelection, PUBLISHED, selectFeatures } from "../../training/selection/select-features";
import { selectionTables } from "../../training/selection/selection-report";
import { writeAtomically } from "../catalogue/bulk/atomic-file";
import { type DefineCommand, print } from "./command";
import { wholeNumber } from "./whole-number";

interface Options {
  readonly data: string;
  readonly type: keyof typeof PUBLISHED;
  readonly features?: number;
  readonly output?: string;
  readonly json?: boolean;
}

const HELP = `
Four methods are applied to one clean sample. The F-test and mutual information score each feature alone. Forward and backward
selection measure what each feature adds to the others, by the cross-validated error of a linear relation.`;

async function writeFigure(file: string, { source, band, type, table }: FeatureSample, selection: FeatureSelection): Promise<void> {
  const subtitle = `${table.label.length} ${type} stars of ${source}, ${band} band`;
  const svg = featureSelectionFigure(selection, "Which features carry [Fe/H]", subtitle);
  await writeAtomically(file, (write) => write(svg));
}

async function run({ data, type, features, output, json }: Options): Promise<void> {
  const sample = await readFeatureSample(data, type);
  const selection = selectFeatures(sample, Math.min(features ?? PUBLISHED[type].length, sample.table.names.length));
  if (output !== undefined) await writeFigure(output, sample, selection);
  const { source, band, losses, table, folds } = sample;
  const published = PUBLISHED[type];
  const result = { source, band, type, stars: table.label.length, folds, losses, published, ...selection, figure: output ?? null };
  const title = `${table.label.length} ${type} stars of ${source}, ${band} band, ${folds} folds; published: ${published.join(", ")}`;
  print(result, [title, "", ...selectionTables(sample, selection)].join("\n"), json);
}

export const defineSelectFeatures: DefineCommand = (program) => {
  program
    .command("select-features")
    .description("find the light-curve features that carry the metallicity of RR Lyrae stars")
    .requiredOption("--data <folder>", "light curves, or tables of Fourier parameters and spectroscopic [Fe/H]")
    .addOption(new Option("--type <type>", "pulsation mode").choices(["RRab", "RRc"]).default("RRab"))
    .option("--features <n>", "how many to choose (default: as many as were published)", wholeNumber("--features", 1, 20))
    .option("--output <file>", "SVG file to draw the result in")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(run);
};
