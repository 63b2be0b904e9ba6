import { type Command, Option } from "commander";
import { FAMILIES } from "../../training/families/families";
import type { OptionKind, Recipe, RecipeOption } from "../../training/recipe";
import { RECIPES } from "../../training/recipes";
import { BACKEND_NAMES } from "../../training/tensorflow/backend";
import { type Overrides, overriddenStudy } from "../../training/values/study/overrides";
import { readStudy, shippedStudies } from "../../training/values/study/parse-study";
import { type StudyOptions, trainStudy } from "../../training/values/study/train-study";
import { AppError } from "../errors";
import type { TableChoice } from "../formats/open-table";
import { type DefineCommand, print } from "./command";
import { defineTableChoice, tableChoice } from "./table-choice";
import { defineOutput, type Output, trainAndPrint } from "./train-and-print";
import { wholeNumber, wholeNumbers } from "./whole-number";

const TEXTS = (text: string) => text.split(",").map((one) => one.trim());

function withReading(option: Option, flag: string, read: OptionKind): Option {
  switch (read.kind) {
    case "whole":
      return option.argParser(wholeNumber(flag, read.min, read.max));
    case "wholes":
      return option.argParser(wholeNumbers(flag, read.min, read.max));
    case "choice":
      return option.choices([...read.of]);
    case "texts":
      return option.argParser(TEXTS);
    case "text":
      return option;
  }
}

function defineOption(command: Command, { flags, description, read, required = false }: RecipeOption): void {
  const option = new Option(flags, description).makeOptionMandatory(required);
  command.addOption(withReading(option, flags.split(" ")[0]!, read));
}

function defineRecipe(train: Command, recipe: Recipe): void {
  const command = defineOutput(train.command(recipe.name), recipe.name).description(recipe.summary);
  for (const option of recipe.options) defineOption(command, option);
  command.action(({ figures, json, ...options }: Output & Record<string, unknown>) =>
    trainAndPrint(recipe.name, (database, config, watch) => recipe.train({ database, config, options, watch }), { figures, json }),
  );
}

interface List {
  readonly list?: boolean;
}

type Given = Omit<StudyOptions, "choice"> &
  TableChoice &
  Output &
  List &
  Omit<Overrides, "settings"> & { readonly set: readonly string[] } & Partial<Record<keyof typeof SHORT_SETTINGS, number>>;

/** Settings with an option of their own. Which of them a family has, and within which limits, it says itself. */
const SHORT_SETTINGS = {
  stars: "most stars that are fitted on",
  epochs: "longest training of a network",
} as const;

/** Everything that `train` takes by name. */
function list(json: boolean | undefined): void {
  const recipes = RECIPES.map(({ name, summary }) => ({ name, kind: "recipe", summary }));
  const studies = shippedStudies().map((name) => ({ name, kind: "study", summary: readStudy(name).title ?? "" }));
  const all = [...studies, ...recipes];
  const width = Math.max(...all.map(({ name }) => name.length));
  print(all, all.map(({ name, kind, summary }) => `${name.padEnd(width)}  ${kind.padEnd(6)}  ${summary}`).join("\n"), json);
}

async function runStudy(
  given: string | undefined,
  { figures, json, list: listed, set, stars, epochs, sky, family, without, table, acceptOverflow, ...options }: Given,
): Promise<void> {
  if (listed) return list(json);
  if (given === undefined)
    throw new AppError("BAD_INPUT", "Name a study file, or a study or recipe by its name: `asterism train --list` shows those there are.");
  const short = Object.entries({ stars, epochs }).filter(([, value]) => value !== undefined);
  const settings = [...set, ...short.map(([name, value]) => `${name}=${value}`)];
  const study = overriddenStudy(readStudy(given, options.data), { settings, sky, family, without });
  return trainAndPrint(
    options.model ?? study.name,
    (database, config, watch) =>
      trainStudy(database, config.dataDir, study, { ...config, ...options, choice: tableChoice({ table, acceptOverflow }) }, watch),
    { figures, json },
  );
}

const collect = (value: string, before: readonly string[]) => [...before, value];

const HELP = `
<study> is a YAML file (docs/studies.md; \`asterism study new\` writes one) or the name of a study or recipe that ships.
\`asterism study check <study>\` says which data a study would use, without training.`;

/** Trains studies; recipes are commands below it, made from their list. */
export const defineTrain: DefineCommand = (program) => {
  const train = program.command("train").description("train a model by a study file or a recipe, and register it").argument("[study]");
  train.enablePositionalOptions(); // behind a recipe's name an option is the recipe's
  defineTableChoice(defineOutput(train, "the study's name"))
    .option("--list", "list the studies and recipes that ship")
    .option("--data <path>", "a table of stars, or a folder of tables (default: the catalogue)")
    .addOption(new Option("--sky <sky>", "which stars of the catalogue to train on").choices(["real", "synthetic"]))
    .option("--set <name=value>", "change a setting of the study's family; may be repeated", collect, [])
    .addOption(
      new Option("--family <name>", "train one family, with its usual settings, instead of the study's").choices(
        FAMILIES.map(({ name }) => name),
      ),
    )
    .option("--without <group>", "leave out all inputs that read a group of columns, such as parallax; may be repeated", collect, [])
    .addOption(new Option("--backend <name>", "what computes networks (default: ASTERISM_BACKEND)").choices(["auto", ...BACKEND_NAMES]))
    .option(
      "--repeat <n>",
      "number of trainings that differ only by their seed; the first one is registered (default: 1)",
      wholeNumber("--repeat", 1, 1000),
    )
    .option("--threads <n>", "fits that run at once (default: one for each core)", wholeNumber("--threads", 1, 256))
    .addHelpText("after", HELP)
    .action(runStudy);
  for (const [name, meaning] of Object.entries(SHORT_SETTINGS))
    train.option(`--${name} <n>`, `${meaning}, as --set ${name}=<n>`, wholeNumber(`--${name}`, 1, 1_000_000));
  for (const recipe of RECIPES) defineRecipe(train, recipe);
};
