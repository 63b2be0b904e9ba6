import type { StellarColumn } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import type { OpenOptions } from "../../src/formats/open-table";
import { VALUES } from "../../src/modalities/values/values";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry/registry";
import { byteProgress } from "../files/byte-progress";
import type { FileModality, OpenInput } from "../files/file-modality";
import { predictionCsv } from "../files/prediction-csv";
import { canonicalLayout } from "./canonical-layout";
import { type ChooseLayout, openStarFile, tableFiles } from "./star-file";
import { readStudyLabelled } from "./study/registered-study";
import { openStudyInput, type StudyStar } from "./study/study-input";
import { readStarTable } from "./table-folder";
import { layoutNamed, requireColumns } from "./table-layout";
import { fromStarTable } from "./table-training-set";

/** A version reads the layout it was trained on; one trained on the catalogue reads the catalogue's own names. */
function layoutFor(predictor: Predictor, version: ModelVersion): ChooseLayout {
  const { layout: name } = version.manifest.data;
  const columns = predictor.columns(version).map((column) => column.name as StellarColumn);
  if (name === "catalogue") return (header, file) => canonicalLayout(columns, header, file);
  const layout = layoutNamed(name);
  // The table's labels are not read: whatever they hold does not matter here.
  if (layout) return (header, file) => ({ ...requireColumns(layout, header, file), labels: [] });
  throw new AppError(
    "MODEL_UNAVAILABLE",
    `${version.model}@${version.version} was trained on tables of the layout '${name}', which this code does not know. Run the code that trained it.`,
  );
}

/** The stars of several tables, one table after the other. */
async function* starsOf<Star>(
  first: { readonly batches: AsyncIterable<readonly Star[]> },
  others: readonly string[],
  open: (file: string) => Promise<{ readonly batches: AsyncIterable<readonly Star[]> }>,
) {
  yield* first.batches;
  for (const file of others) yield* (await open(file)).batches;
}

/** Tables for a version that a study made. */
async function studyInput(
  first: string,
  others: readonly string[],
  { manifest }: ModelVersion,
  options: OpenOptions,
): Promise<OpenInput<StudyStar>> {
  const open = (file: string) => openStudyInput(file, manifest, options);
  const opened = await open(first);
  const csv = predictionCsv(opened.idColumn, manifest);
  return {
    columns: csv.columns,
    total: null,
    batches: starsOf(opened, others, open),
    observed: ({ row }) => row,
    line: ({ star, prediction }) => csv.line(star.id, prediction),
  };
}

/** Tables of stellar values: one file, or a folder of them. */
export const VALUE_FILES: FileModality<StudyStar> = {
  modality: VALUES,
  figure: null,
  async openInput(input, predictor, version, { onProgress, choice }) {
    const [first, ...others] = await tableFiles(input);
    const options = { ...choice, onBytes: await byteProgress([first!, ...others], onProgress) };
    if (version.manifest.study) return studyInput(first!, others, version, options);
    const choose = layoutFor(predictor, version);
    const open = (file: string) => openStarFile(file, choose, options);
    const opened = await open(first!);
    const csv = predictionCsv(opened.layout.idColumn, version.manifest);
    return {
      columns: csv.columns,
      total: null,
      batches: starsOf(opened, others, open),
      observed: ({ row }) => row,
      line: ({ star, prediction }) => csv.line(star.id, prediction),
    };
  },
  async readLabelled(place, manifest, { folds, choice }) {
    const { featureSet } = manifest;
    if (folds === undefined && manifest.study) return readStudyLabelled(null, manifest, { data: place, choice });
    if (folds === undefined) return fromStarTable(await readStarTable(place, choice));
    throw new AppError(
      "BAD_INPUT",
      `--only-folds is for models of light curves, whose stars.csv names folds; this one takes '${featureSet.name}'. Leave it out.`,
    );
  },
};
