import { statSync } from "node:fs";
import path from "node:path";
import { catalogueNamed } from "../../../src/catalogue/catalogue";
import type { Mapping } from "../../../src/catalogue/ingest/mapping";
import { readMapping } from "../../../src/catalogue/ingest/mapping-file";
import { labelsOfCatalogue } from "../../../src/catalogue/labels/catalogue-label";
import type { Database } from "../../../src/database/database";
import { AppError } from "../../../src/errors";
import { tableFiles } from "../star-file";
import { mappedColumns, openMappedTable } from "./mapped-table";

/** What to write a study for: a catalogue, or a table with its mapping. */
export interface NewStudyOptions {
  readonly from?: string;
  readonly data?: string;
  readonly mapping?: string;
  readonly name?: string;
  /** the file that the study will be written to: it names its mapping from there */
  readonly output?: string;
}

interface Parts {
  readonly name: string;
  readonly labels: readonly string[];
  readonly classes: readonly string[];
  readonly from: string | null;
  readonly mapping: string | null;
  /** expressions to begin with */
  readonly inputs: readonly string[];
  readonly columns: readonly string[];
}

const modelName = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

/** The signal-to-noise ratio belongs to a spectrum. */
const isOfTheStar = (label: string) => label !== "snr";

/** Neighbouring bands make colours; a single one stands for itself. */
const colours = (bands: readonly string[]) =>
  bands.length === 1 ? bands : bands.slice(1).map((band, index) => `${bands[index]} - ${band}`);

/** A study finds its mapping beside itself, or among those that ship: a path from where the command runs would be lost. */
function mappingBeside(output: string | undefined, given: string): string {
  if (output === undefined || !statSync(given, { throwIfNoEntry: false })?.isFile()) return given;
  return path.relative(path.dirname(path.resolve(output)), path.resolve(given));
}

const CATALOGUE_INPUTS = ["bp - rp", "g - rp", "absolute(g)", "dereddened(absolute(g))", "j - ks", "g - ks", "log10(parallax)"];

async function ofCatalogue(database: Database, from: string, name: string | undefined): Promise<Parts> {
  const catalogue = await catalogueNamed(database, from);
  const labels = (await labelsOfCatalogue(database, catalogue.id)).map((label) => label.name).filter(isOfTheStar);
  if (labels.length === 0)
    throw new AppError("NOT_FOUND", `The catalogue '${from}' holds no labels to learn. \`asterism ingest labels\` brings some in.`);
  return { name: name ?? modelName(from), labels, classes: [], from, mapping: null, inputs: CATALOGUE_INPUTS, columns: [] };
}

function requireSomething({ catalogue, classes }: Mapping, labels: readonly string[], columns: readonly unknown[]): void {
  const fail = (lacks: string): never => {
    throw new AppError("BAD_INPUT", `The mapping of '${catalogue.name}' names no ${lacks} (docs/studies.md).`);
  };
  if (labels.length + classes.size === 0) fail("labels and no classes to learn");
  if (columns.length === 0) fail("photometry and no values to learn from");
}

async function ofTable(data: string, { mapping: given, name, output }: NewStudyOptions): Promise<Parts> {
  if (given === undefined)
    throw new AppError(
      "BAD_INPUT",
      "A table needs --mapping: a file that says what its columns are, or the name of one that ships (docs/ingest.md).",
    );
  const mapping = readMapping(given);
  const columns = mappedColumns(mapping);
  const bands = [...(mapping.photometry ?? new Map()).keys()] as string[];
  const values = [...mapping.values.keys()];
  const labels = ([...(mapping.labels ?? new Map()).keys()] as string[]).filter(isOfTheStar);
  const classes = [...mapping.classes.keys()];
  requireSomething(mapping, labels, columns);
  // Read one row, so that a mapping that does not fit the table is told here.
  const [file] = await tableFiles(data);
  const { batches } = await openMappedTable(file!, mapping, {
    raw: columns.map((column) => column.name),
    labels,
    classes,
    where: {},
  });
  for await (const _ of batches) break;
  return {
    ...{ name: name ?? modelName(path.basename(path.resolve(data))), labels, classes, from: null, mapping: mappingBeside(output, given) },
    inputs: [...colours(bands), ...values],
    columns: columns.map((column) => column.name),
  };
}

/** Gaia's own estimates; GSP-Phot gives [M/H] for [Fe/H]. */
const GAIA_ESTIMATES: Readonly<Record<string, string>> = {
  teff: "teffGspphot",
  logg: "loggGspphot",
  feh: "mhGspphot",
  mh: "mhGspphot",
  distance: "distanceGspphot",
};

function baselineText(labels: readonly string[]): string {
  const known = labels.filter((label) => label in GAIA_ESTIMATES).map((label) => `${label}: ${GAIA_ESTIMATES[label]}`);
  if (known.length === 0) return "";
  return `\n# What to beat: Gaia's own estimates. Of a label that is not named here, the mean label.\nbefore: { ${known.join(", ")} }\n`;
}

/** The lines that say what to learn; without labels there is no such line. */
function learned({ labels, classes, from }: Parts): string {
  const about = from === null ? "Names as in the mapping." : "Labels of a catalogue (a name or an alias).";
  return [
    `# What to learn. ${about}`,
    ...(labels.length > 0 ? [`labels: { ${from === null ? "" : `from: ${from}, `}names: [${labels.join(", ")}] }`] : []),
    ...(classes.length > 0 ? [`classes: [${classes.join(", ")}]`] : []),
  ].join("\n");
}

function text(parts: Parts): string {
  const { name, labels, from, mapping, inputs, columns } = parts;
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}`).join("\n");
  return `# A study: what a model learns, from which stars, by what. \`asterism study check FILE\` says what it would take.
name: ${name}
title: ${name}, written by asterism study new
${mapping === null ? "" : `# How the table that --data names is read.\nmapping: ${mapping}\n`}
${learned(parts)}

# Which stars. filter is the API's StarFilter; where asks ${from === null ? "columns of the table" : "the survey's own columns (snr, flags, teffError)"}.
stars:
${from === null ? "" : "  release: DR3\n  filter: { photGMeanMag: { max: 18 } }\n"}  where: {}
  # where: { snr: { min: 40 } }

# What the model looks at: expressions over raw columns${columns.length > 0 ? ` (${columns.join(", ")})` : ""}.
# A missing value stays missing, and the model is told. Functions: log10, ratio, absolute, dereddened, luminosity, error, within, fill, missing.
inputs:
${list(inputs)}

# Copies of each star with whole groups of columns left out, so that gaps are answered rightly; 0 for none.
gaps: 1

# How it learns: mlp, xgboost, forest, nearest, linear, svr, gp; several are combined: [mlp, xgboost].
family: mlp
${from === null ? "" : baselineText(labels)}`;
}

/**
 * Writes a study to begin with, from what a catalogue or table holds.
 *
 * @returns YAML with comments
 * @throws AppError BAD_INPUT, NOT_FOUND
 */
export async function newStudy(database: Database, options: NewStudyOptions): Promise<string> {
  const { from, data, name } = options;
  if ((from === undefined) === (data === undefined))
    throw new AppError("BAD_INPUT", "Name what the study is for: --from CATALOGUE, or --data TABLE with --mapping FILE.");
  return text(from === undefined ? await ofTable(data!, options) : await ofCatalogue(database, from, name));
}
