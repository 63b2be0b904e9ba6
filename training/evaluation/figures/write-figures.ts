import { writeFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder } from "../../../src/make-folder";
import { type LabelPredictions, residuals } from "../error-statistics";
import { coverageFigure } from "./coverage";
import { errorHistogramFigure } from "./error-histogram";
import { scatterFigure } from "./scatter";

const FIGURES = { scatter: scatterFigure, errors: errorHistogramFigure, coverage: coverageFigure } as const;

/** Logarithmic axes need errors to show: two at least that are not 0. */
const canBeDrawn = ({ predicted, reference }: LabelPredictions) =>
  residuals(predicted, reference).filter((residual) => residual !== 0).length > 1;

/**
 * Draws every label's figures: `<label>-scatter.svg`, `<label>-errors.svg`, `<label>-coverage.svg`.
 *
 * @param folder is made where it does not exist
 * @param title whose predictions they are, as in `sos-mlp@3`
 * @param others drawn already
 * @returns the paths written; a label of fewer than two stars with an error is left out
 */
export async function writeFigures(
  folder: string,
  labels: readonly LabelPredictions[],
  title: string,
  others: readonly { readonly name: string; readonly svg: string }[] = [],
): Promise<string[]> {
  makeFolder(folder);
  const written: string[] = [];
  for (const label of labels.filter(canBeDrawn)) {
    for (const [kind, draw] of Object.entries(FIGURES)) {
      const file = path.join(folder, `${label.name}-${kind}.svg`);
      await writeFile(file, draw(label, title));
      written.push(file);
    }
  }
  for (const { name, svg } of others) {
    await writeFile(path.join(folder, name), svg);
    written.push(path.join(folder, name));
  }
  return written;
}

/** @returns a line that says where the figures are; none if none was drawn */
export function describeFigures(files: readonly string[]): string[] {
  return files.length > 0
    ? [
        `${files.length} ${files.length === 1 ? "figure" : "figures"} in ${path.dirname(files[0]!)}: ${files.map((file) => path.basename(file)).join(", ")}`,
      ]
    : [];
}
