import { writeAtomically } from "../../src/catalogue/bulk/atomic-file";
import { AppError } from "../../src/errors";
import type { Predictor } from "../../src/models/predictor";
import { quantitiesOf } from "../../src/models/registry/output";
import type { ModelVersion } from "../../src/models/registry/registry";
import { byteProgress, type OnProgress } from "../predict/byte-progress";
import { predictionHeader, predictionLine } from "../predict/prediction-csv";
import { addToCount, NOTHING_PREDICTED, type PredictionCount, type PredictionSummary } from "../predict/prediction-summary";
import { canonicalLayout } from "./canonical-layout";
import { type ChooseLayout, openStarFile, tableFiles } from "./star-file";
import { layoutNamed, requireColumns } from "./table-layout";

/** A version reads the layout it was trained on; one trained on the catalogue reads the catalogue's own names. */
function layoutFor(predictor: Predictor, version: ModelVersion): ChooseLayout {
  const { layout: name } = version.manifest.data;
  if (name === "catalogue") return (header, file) => canonicalLayout(predictor.columns(version), header, file);
  const layout = layoutNamed(name);
  // The table's labels are not read: whatever they hold does not matter here.
  if (layout) return (header, file) => ({ ...requireColumns(layout, header, file), labels: [] });
  throw new AppError(
    "MODEL_UNAVAILABLE",
    `${version.model}@${version.version} was trained on tables of the layout '${name}', which this code does not know. Run the code that trained it.`,
  );
}

/**
 * Predicts for the stars of a table file, or of all those in a folder: one line a star, in the input's order. The
 * output appears whole or not at all.
 *
 * @throws AppError BAD_INPUT naming the file and its fault, NOT_FOUND, and as Predictor.predict does
 */
export async function predictTable(
  predictor: Predictor,
  version: ModelVersion,
  input: string,
  output: string,
  onProgress: OnProgress = () => undefined,
): Promise<PredictionSummary> {
  const files = await tableFiles(input);
  const onBytes = await byteProgress(files, onProgress);
  const choose = layoutFor(predictor, version);
  const labels = quantitiesOf(version.manifest);
  let count: PredictionCount = NOTHING_PREDICTED;
  await writeAtomically(output, async (write) => {
    for (const file of files) {
      const { layout, batches } = await openStarFile(file, choose, onBytes);
      if (file === files[0]) await write(predictionHeader(layout.idColumn, labels));
      for await (const stars of batches) {
        const rows = stars.map(({ row }) => row);
        const answers = await predictor.predict(version, rows);
        await write(stars.map(({ id }, index) => predictionLine(id, labels, answers[index]!)).join(""));
        count = addToCount(count, answers);
      }
    }
    if (count.stars === 0) throw new AppError("BAD_INPUT", `${input} holds a header and no row: there is no star to predict for.`);
  });
  return { model: version.model, version: version.version, output, ...count };
}
