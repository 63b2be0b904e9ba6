import { STELLAR_COLUMNS, type StellarColumn, type StellarRow } from "../../catalogue/stellar-row";
import { stellarRowsOf } from "../../catalogue/stellar-rows";
import { AppError } from "../../errors";
import type { FeatureSet, Input } from "../../features/feature-set";
import { FEATURE_SETS } from "../../features/feature-sets";
import type { Looked, Looking, Modality, Prepared, StoredObservations } from "../modality";

/** A star's raw values by name; absent or null if not measured. */
export type ValueRow = { readonly [column: string]: number | null | undefined };

/** [ms] Some 30 arithmetic operations. */
const COST_MS = 0.03;

const isStellar = (name: string): name is StellarColumn => name in STELLAR_COLUMNS;

const describe = (name: StellarColumn): Input => ({ name, ...STELLAR_COLUMNS[name] });

function computing({ inputs, compute }: FeatureSet): Looking<ValueRow, null> {
  return {
    inputs,
    width: inputs.length,
    prepare: (row): Prepared<null> => ({ refusal: null, doubts: [], inputs: compute(row as StellarRow), shape: null, ready: null }),
    costMs: () => COST_MS,
  };
}

/** For an artifact that computes its inputs itself. */
function passingOn({ featureSet }: Looked, columns: readonly Input[]): Looking<ValueRow, null> {
  const names = columns.map(({ name }) => name);
  const read = (row: ValueRow) => Float32Array.from(names, (name) => row[name] ?? Number.NaN);
  return {
    inputs: featureSet.inputs,
    width: names.length,
    prepare: (row): Prepared<null> => ({ refusal: null, doubts: [], inputs: read(row), shape: null, ready: null }),
    costMs: () => COST_MS,
  };
}

const stored = (columnsOf: (looked: Looked) => readonly Input[]): StoredObservations<ValueRow> => ({
  stars: "star s",
  tables: ["star"],
  rangeSize: 4096,
  read(queries, release, sourceIds, looked) {
    const names = columnsOf(looked).map(({ name }) => name);
    const foreign = names.filter((name) => !isStellar(name));
    if (foreign.length === 0) return stellarRowsOf(queries, release, sourceIds, names.filter(isStellar));
    throw new AppError(
      "BAD_INPUT",
      `The model reads ${foreign.join(", ")}, which the catalogue does not hold. \`asterism predict\` takes tables that do.`,
    );
  },
});

/** @param featureSets that are computed from stellar values */
export function valuesOf(featureSets: readonly FeatureSet[]): Modality<ValueRow, null> {
  const find = (name: string): FeatureSet => {
    const found = featureSets.find((one) => one.name === name);
    if (found) return found;
    throw new AppError("NOT_FOUND", `No feature set is called '${name}'. There are: ${featureSets.map((one) => one.name).join(", ")}.`);
  };
  const columns = (looked: Looked) => looked.columns ?? find(looked.featureSet.name).columns.map(describe);
  return {
    name: "values",
    takes: "stellar values",
    advice: "`predict` takes values, and `asterism predict` tables of them.",
    featureSets: featureSets.map(({ name }) => name),
    stored: stored(columns),
    columns,
    open: (looked) => (looked.columns ? passingOn(looked, looked.columns) : computing(find(looked.featureSet.name))),
  };
}

/** Stellar values: photometry, parallax, distance, extinction and earlier estimates of a star. */
export const VALUES = valuesOf(FEATURE_SETS);
