import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { STELLAR_COLUMNS, type StellarColumn, type StellarRow } from "../../../../src/catalogue/stellar-row";
import { PACKAGE_ROOT } from "../../../../src/config";
import type { FeatureSet } from "../../../../src/features/feature-set";
import { raveApogeeFeatures } from "../../../../src/features/rave-apogee";
import { sosFeatures } from "../../../../src/features/sos";
import { computeInputs } from "../../../../training/values/expressions/compute-inputs";
import { STELLAR_RAW_COLUMNS } from "../../../../training/values/expressions/stellar-columns";
import { uniform } from "../../../support/random";
import { compiled, type ListedInput, matrix } from "../../../support/study-inputs";

interface ShippedStudy {
  readonly inputs: readonly ListedInput[];
  readonly extinction?: Readonly<Record<string, number>>;
}

const shipped = (name: string) => parse(readFileSync(path.join(PACKAGE_ROOT, "training/studies", `${name}.yaml`), "utf8")) as ShippedStudy;

const RANGES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  mag: [9, 13],
  mas: [-0.5, 10],
  pc: [50, 3000],
  K: [3500, 7500],
  dex: [-2, 4.5],
};
const NARROW: Readonly<Partial<Record<StellarColumn, readonly [from: number, to: number]>>> = {
  av: [0, 3],
  ebv: [0, 1],
  twomassKs: [10, 10.4],
  allwiseW1: [10, 10.4],
  allwiseW2: [10, 10.4],
};

/** Stars as the catalogue keeps them: single precision, one value in ten missing. */
function stars(count: number): StellarRow[] {
  const draw = uniform(5);
  const value = (column: StellarColumn): number | null => {
    const [from, to] = NARROW[column] ?? RANGES[STELLAR_COLUMNS[column].unit]!;
    return draw() < 0.1 ? null : Math.fround(from + (to - from) * draw());
  };
  const columns = Object.keys(STELLAR_COLUMNS) as StellarColumn[];
  return Array.from({ length: count }, () => Object.fromEntries(columns.map((column) => [column, value(column)])));
}

/** Single precision of the largest number that goes into an input: a distance or a temperature stays as it is. */
const CLOSE = 4e-6;

test.each<[string, FeatureSet]>([
  ["sos-mlp", sosFeatures],
  ["sos-mlp-rave", raveApogeeFeatures],
])("the inputs of the study %s are those of the feature set to single precision, and miss the same", async (name, features) => {
  const rows = stars(3000);
  const { inputs: listed, extinction } = shipped(name);
  // A table has the columns that the feature set reads, and no others.
  const columns = STELLAR_RAW_COLUMNS.filter((column) => (features.columns as readonly string[]).includes(column.name));
  const inputs = compiled(listed, { columns, ...(extinction && { extinction }) });
  expect(inputs.inputs.map(({ unit }) => unit)).toEqual(features.inputs.map(({ unit }) => unit));
  expect(new Set(inputs.columns.map((column) => column.name))).toEqual(new Set(features.columns));
  const found = await computeInputs(inputs, matrix(inputs, rows as Record<string, number | null>[]));
  const expected = rows.flatMap((row) => [...features.compute(row)]);
  const wrong = expected.flatMap((wanted, index) => {
    const got = found[index]!;
    const agrees = Number.isNaN(wanted) ? Number.isNaN(got) : Math.abs(got - wanted) <= CLOSE * Math.max(1, Math.abs(wanted));
    return agrees ? [] : [{ input: inputs.inputs[index % inputs.inputs.length]!.name, wanted, got }];
  });
  expect(wrong).toEqual([]);
  const known = expected.filter((wanted) => !Number.isNaN(wanted)).length / expected.length;
  expect(known).toBeGreaterThan(0.3);
  expect(known).toBeLessThan(0.95);
});
