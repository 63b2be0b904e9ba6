import { writeFile } from "node:fs/promises";
import { align } from "../../training/evaluation/align";
import { checkStudy, type StudyCheck } from "../../training/values/study/check-study";
import { checkFamilies } from "../../training/values/study/chosen-families";
import { newStudy } from "../../training/values/study/new-study";
import { readStudy, shippedStudies } from "../../training/values/study/parse-study";
import { AppError } from "../errors";
import { type DefineCommand, print, withDatabase } from "./command";

interface Json {
  readonly json?: boolean;
}

const number = (value: number) => (Number.isNaN(value) ? "-" : String(Number(value.toPrecision(5))));
const share = (missing: number, rows: number) => `${missing} (${((100 * missing) / rows).toFixed(1)}%)`;

function text({ source, synthetic, rows, stars, cuts, labels, classes, inputs, columns }: StudyCheck, families: readonly string[]): string {
  const table = (title: string, items: StudyCheck["inputs"]) =>
    align([
      [title, "missing", "min", "median", "max"],
      ...items.map(({ name, unit, missing, min, median, max }) => [
        `${name} [${unit}]`,
        share(missing, rows),
        number(min),
        number(median),
        number(max),
      ]),
    ]);
  return [
    `${source}${synthetic ? " (a synthetic sky)" : ""}: ${rows} rows of ${stars} stars, to be learned by ${families.join(", ")}.`,
    "",
    ...align([["cut", "kept", "lost"], ...cuts.map(({ name, kept, lost }) => [name, String(kept), String(lost)])]),
    "",
    ...(labels.length > 0 ? table("label", labels) : []),
    ...classes.map(
      ({ name, classes: words, missing }) =>
        `${name}: ${Object.entries(words)
          .map(([word, count]) => `${word} ${count}`)
          .join(", ")}; missing ${share(missing, rows)}`,
    ),
    "",
    ...table("input", inputs),
    "",
    `The model will take the raw columns ${columns.map(({ name, unit, missing }) => `${name} [${unit}] (missing ${share(missing, rows)})`).join(", ")}.`,
  ].join("\n");
}

async function check(given: string, { data, json }: Json & { data?: string }): Promise<void> {
  const study = readStudy(given, data);
  const checked = await withDatabase((database) => checkStudy(database, study, { data }));
  const families = checkFamilies(study, checked.rows);
  print(
    { study: study.name, families, ...checked },
    text(
      checked,
      families.map(({ name }) => name),
    ),
    json,
  );
}

interface NewOptions extends Json {
  readonly from?: string;
  readonly data?: string;
  readonly mapping?: string;
  readonly name?: string;
  readonly output?: string;
}

async function create({ output, json, ...options }: NewOptions): Promise<void> {
  const written = await withDatabase((database) => newStudy(database, { ...options, output }));
  if (output === undefined) return print({ study: written }, written.trimEnd(), json);
  await writeFile(output, written, { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "EEXIST" ? "it is there already; name another file, or remove it" : cause.message;
    throw new AppError("BAD_INPUT", `${output} cannot be written: ${why}.`, { cause });
  });
  print(
    { file: output },
    `${output} is written. Look it over, then: asterism study check ${output}${options.data ? ` --data ${options.data}` : ""}`,
    json,
  );
}

function list({ json }: Json): void {
  const studies = shippedStudies().map((name) => ({ name, title: readStudy(name).title }));
  print(studies, studies.map(({ name, title }) => `${name}  ${title ?? ""}`).join("\n"), json);
}

export const defineStudy: DefineCommand = (program) => {
  const study = program
    .command("study")
    .description("check, write and list studies: files that say which labels a model learns, and from which inputs");
  study
    .command("check <study>")
    .description("say which data a study would use (stars, cuts, missing values, ranges), without training")
    .option("--data <path>", "a table of stars, or a folder of tables (default: the catalogue)")
    .option("--json", "print JSON")
    .action(check);
  study
    .command("new")
    .description("write a commented study for a catalogue's labels, or for a table")
    .option("--from <catalogue>", "the catalogue whose labels are to be learned")
    .option("--data <path>", "a table of stars, or a folder of tables")
    .option("--mapping <file>", "how the table is read: a mapping file, or the name of one that ships")
    .option("--name <name>", "name of the study and of its model")
    .option("--output <file>", "file to write (default: print it)")
    .option("--json", "print JSON")
    .action(create);
  study.command("list").description("list the studies that ship").option("--json", "print JSON").action(list);
};
