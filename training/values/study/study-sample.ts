import type { Mapping } from "../../../src/catalogue/ingest/mapping";
import { readMapping } from "../../../src/catalogue/ingest/mapping-file";
import type { Database } from "../../../src/database/database";
import { AppError } from "../../../src/errors";
import type { TableChoice } from "../../../src/formats/open-table";
import { type CompiledInputs, compileInputs } from "../expressions/compiled-inputs";
import { computeInputs } from "../expressions/compute-inputs";
import { type StudyInput as ReadInput, readInputs } from "../expressions/study-inputs";
import { type AvailableColumn, availableColumns } from "./available-columns";
import { readCatalogueSample } from "./catalogue-sample";
import type { Sample } from "./sample";
import type { Study, StudyInput } from "./study";
import { readTableSample } from "./table-sample";

/** Where a study's stars are. */
export interface StudyData {
  /** a table, or a folder of tables; the catalogue when absent */
  readonly data?: string;
  /** which table of a file */
  readonly choice?: TableChoice;
  /** how it is read, where that is known already; else as the study says */
  readonly mapping?: Mapping | null;
}

/** A study with its stars. */
export interface StudySample {
  readonly sample: Sample;
  readonly mapping: Mapping | null;
  readonly compiled: CompiledInputs;
  /** what the mapping calls each raw column, by its name */
  readonly sources: ReadonlyMap<string, string>;
  /** [rows, inputs] as the graph computes them */
  readonly inputs: Float32Array;
  /** estimates to beat, one array [rows] a label that has one */
  readonly before: ReadonlyMap<string, Float64Array>;
}

/** Fewer labelled stars than this leave folds and test sets that mean nothing. */
const FEWEST_STARS = 100;

function requireEnough({ quantities, classes, source }: Sample): void {
  const counts = [
    ...quantities.map(({ name, values }) => ({ name, stars: values.filter((value) => !Number.isNaN(value)).length })),
    ...classes.map(({ name, values }) => ({ name, stars: values.filter((value) => value >= 0).length })),
  ];
  const few = counts.find(({ stars }) => stars < FEWEST_STARS);
  if (few === undefined) return;
  throw new AppError(
    "BAD_INPUT",
    `${source} has ${few.stars} stars with '${few.name}' that pass the study's cuts; at least ${FEWEST_STARS} are needed to train.`,
  );
}

/** The mapping that reads the table which --data names. */
function chosenMapping(study: Study, { data, mapping }: StudyData): Mapping | null {
  if (data === undefined) {
    if (study.labels.from !== null) return null;
    throw new AppError("BAD_INPUT", `The study '${study.name}' learns from a table: name it with --data.`);
  }
  if (mapping) return mapping;
  if (study.mapping !== null) return readMapping(study.mapping);
  throw new AppError("BAD_INPUT", `The study '${study.name}' does not say how a table is read: give it a mapping, or leave --data out.`);
}

/** The inputs that read no column of the groups to do without. */
function keptInputs(inputs: readonly ReadInput[], without: readonly string[]): ReadInput[] {
  const groups = [...new Set(inputs.flatMap(({ reads }) => [...reads].map(({ group }) => group)))];
  const unknown = without.find((group) => !groups.includes(group));
  if (unknown !== undefined)
    throw new AppError("BAD_INPUT", `The study's inputs read no group of columns called '${unknown}', but ${groups.join(", ")}.`);
  const kept = inputs.filter(({ reads }) => ![...reads].some(({ group }) => without.includes(group)));
  if (kept.length === 0) throw new AppError("BAD_INPUT", `Without ${without.join(", ")} no input of the study is left.`);
  return kept;
}

/** Compiles expressions; a fault names the line of the study in which it is. */
function compiledOf(inputs: readonly StudyInput[], columns: readonly AvailableColumn[], { extinction, without }: Study): CompiledInputs {
  const scope = { columns, extinction: Object.fromEntries(extinction) };
  for (const input of inputs)
    try {
      readInputs([input], scope);
    } catch (error) {
      if (error instanceof AppError) input.fail(`cannot be used: ${error.message}`);
      throw error;
    }
  return compileInputs(keptInputs(readInputs(inputs, scope), without), columns);
}

async function readSample(
  database: Database | null,
  study: Study,
  mapping: Mapping | null,
  data: StudyData,
  columns: readonly AvailableColumn[],
): Promise<Sample> {
  if (mapping === null) return readCatalogueSample(database!, study, columns);
  return readTableSample(study, mapping, data.data!, columns, data.choice);
}

/** The columns that several lists of inputs need, each once, in the order of `available`. */
function neededColumns(available: readonly AvailableColumn[], ...compiled: readonly CompiledInputs[]): AvailableColumn[] {
  const names = new Set(compiled.flatMap(({ columns }) => columns.map(({ name }) => name)));
  return available.filter(({ name }) => names.has(name));
}

/** @returns [rows, columns] of some of the sample's columns */
function selectColumns({ raw, columns }: Sample, wanted: readonly { readonly name: string }[]): Float32Array {
  const places = wanted.map(({ name }) => columns.findIndex((column) => column.name === name));
  const rows = raw.length / columns.length;
  const selected = new Float32Array(rows * places.length);
  for (let row = 0; row < rows; row++)
    for (const [index, place] of places.entries()) selected[row * places.length + index] = raw[row * columns.length + place]!;
  return selected;
}

async function baselines(
  sample: Sample,
  baseline: readonly StudyInput[],
  compiled: CompiledInputs | null,
): Promise<Map<string, Float64Array>> {
  if (compiled === null) return new Map();
  const values = await computeInputs(compiled, selectColumns(sample, compiled.columns));
  return new Map(
    baseline.map(({ name }, index) => [name, Float64Array.from(sample.ids, (_, row) => values[row * baseline.length + index]!)]),
  );
}

/**
 * Reads a study's stars and computes their inputs, by the graph that the artifact will have.
 *
 * @throws AppError BAD_INPUT or NOT_FOUND saying what is wrong with the study or its data
 */
export async function readStudySample(database: Database | null, study: Study, data: StudyData): Promise<StudySample> {
  const mapping = chosenMapping(study, data);
  const available = availableColumns(study, mapping);
  const compiled = compiledOf(study.inputs, available, study);
  const baseline = [...study.before.values()];
  // An estimate to beat may read what the model does without.
  const before = baseline.length > 0 ? compiledOf(baseline, available, { ...study, without: [] }) : null;
  const whole = await readSample(database, study, mapping, data, neededColumns(available, compiled, ...(before ? [before] : [])));
  requireEnough(whole);
  const estimates = await baselines(whole, baseline, before);
  const sample = { ...whole, columns: compiled.columns, raw: selectColumns(whole, compiled.columns) };
  const sources = new Map(available.map(({ name, source }) => [name, source]));
  return { sample, mapping, compiled, sources, inputs: await computeInputs(compiled, sample.raw), before: estimates };
}
