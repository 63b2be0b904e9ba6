import path from "node:path";
import { catalogueNamed } from "../../../src/catalogue/catalogue";
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
}

interface Parts {
  readonly name: string;
  readonly labels: readonly string[];
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

/** Neighbouring bands make colours. */
const colours = (bands: readonly string[]) => bands.slice(1).map((band, index) => `${bands[index]} - ${band}`);

const CATALOGUE_INPUTS = ["bp - rp", "g - rp", "absolute(g)", "dereddened(absolute(g))", "j - ks", "g - ks", "log10(parallax)"];

async function ofCatalogue(database: Database, from: string, name: string | undefined): Promise<Parts> {
  const catalogue = await catalogueNamed(database, from);
  const labels = (await labelsOfCatalogue(database, catalogue.id)).map((label) => label.name).filter((label) => label !== "snr");
  if (labels.length === 0)
    throw new AppError("NOT_FOUND", `The catalogue '${from}' holds no labels to learn. \`asterism ingest labels\` brings some in.`);
  return { name: name ?? modelName(from), labels, from, mapping: null, inputs: CATALOGUE_INPUTS, columns: [] };
}

async function ofTable(data: string, given: string | undefined, name: string | undefined): Promise<Parts> {
  if (given === undefined)
    throw new AppError(
      "BAD_INPUT",
      "A table needs --mapping: a file that says what its columns are, or the name of one that ships (docs/ingest.md).",
    );
  const mapping = readMapping(given);
  const columns = mappedColumns(mapping);
  const bands = [...(mapping.photometry ?? new Map()).keys()] as string[];
  const values = [...mapping.values.keys()];
  const labels = [...(mapping.labels ?? new Map()).keys()] as string[];
  if (labels.length === 0 && mapping.classes.size === 0)
    throw new AppError("BAD_INPUT", `The mapping of '${mapping.catalogue.name}' names no labels and no classes to learn.`);
  // Read one row, so that a mapping that does not fit the table is told here.
  const [file] = await tableFiles(data);
  const { batches } = await openMappedTable(file!, mapping, {
    raw: columns.map((column) => column.name),
    labels,
    classes: [...mapping.classes.keys()],
    where: {},
  });
  for await (const _ of batches) break;
  return {
    ...{ name: name ?? modelName(path.basename(path.resolve(data))), labels, from: null, mapping: given },
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

function text({ name, labels, from, mapping, inputs, columns }: Parts): string {
  const list = (items: readonly string[]) => items.map((item) => `  - ${item}`).join("\n");
  return `# A study: what a model learns, from which stars, by what. \`asterism study check FILE\` says what it would take.
name: ${name}
title: ${name}, written by asterism study new
${mapping === null ? "" : `# How the table that --data names is read.\nmapping: ${mapping}\n`}
# What to learn.${from === null ? " Names as in the mapping." : " Labels of a catalogue (a name or an alias)."}
labels: { ${from === null ? "" : `from: ${from}, `}names: [${labels.join(", ")}] }

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
export async function newStudy(database: Database, { from, data, mapping, name }: NewStudyOptions): Promise<string> {
  if ((from === undefined) === (data === undefined))
    throw new AppError("BAD_INPUT", "Name what the study is for: --from CATALOGUE, or --data TABLE with --mapping FILE.");
  return text(from === undefined ? await ofTable(data!, mapping, name) : await ofCatalogue(database, from, name));
}
