import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type LightCurveFolder, readLightCurveFolder } from "../light-curve-folder";
import { estimateShapePrior } from "./estimate-prior";

/** Harmonics: with 14 instead of 10, [Fe/H] came out no better. */
const ORDER = 10;

const PLACE = "src/features/light-curve/rrl-shape-prior.ts";

const digits = (values: Iterable<number>) => JSON.stringify(Array.from(values, (value) => Number(value.toPrecision(8))));

/** @returns the lower triangle of a square matrix, row by row */
function lowerTriangle(matrix: Float64Array, size: number): number[] {
  return Array.from(matrix).filter((_, at) => at % size <= Math.floor(at / size));
}

async function sourceOf({ source, sha256, stars }: LightCurveFolder): Promise<string> {
  const curves = stars.flatMap(({ curve }) => curve ?? []);
  const prior = estimateShapePrior(curves, ORDER, (done, total) => process.stderr.write(`\r${done}/${total}`));
  return `import { symmetric } from "../../science/light-curve/shape-prior";
import type { ShapePrior } from "../../science/light-curve/shape-prior";

/**
 * Shapes of fundamental-mode RR Lyrae in Gaia's G, found by expectation maximisation from ${curves.length} stars of
 * ${source} (sha256 ${sha256}).
 * Written by \`npm run shape-prior\`; a feature set's constants never change: another sample makes another set.
 */
export const RRL_SHAPE_PRIOR: ShapePrior = {
  centreDays: ${prior.centreDays.toPrecision(8)},
  periodLimits: ${digits(prior.periodLimits)},
  mean: [${prior.mean.map(digits).join(", ")}],
  precision: symmetric(${digits(lowerTriangle(prior.precision, 2 * ORDER))}),
};
`;
}

/** Estimates the prior from a folder of light curves and writes it as the feature set's constants. */
async function main(folder: string): Promise<void> {
  await writeFile(path.resolve(PLACE), await sourceOf(await readLightCurveFolder(folder)));
}

void main(process.argv[2] ?? "../shared/data/rr-lyrae-gaia-g");
