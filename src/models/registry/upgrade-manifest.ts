import type { ErrorStatistics } from "./error-statistics";
import type { Manifest } from "./manifest";
import type { Metric, QuantityOutput } from "./output";

/** A label of a manifest of format 1. */
interface Label extends Pick<QuantityOutput, "name" | "unit" | "column" | "limits"> {
  readonly test: ErrorStatistics;
  readonly before: ErrorStatistics;
  /** within one stated standard error */
  readonly coverage: number;
}

/** Format 1 said labels only, and named no modality. */
type FirstFormat = Omit<Manifest, "format" | "modality" | "outputs" | "metric" | "columns" | "farthest" | "study"> & {
  readonly format: 1;
  readonly labels: readonly Label[];
  readonly metric: Omit<Metric, "better">;
};

export type StoredManifest = Manifest | FirstFormat;

const toQuantity = ({ coverage, ...label }: Label): QuantityOutput => ({
  kind: "quantity",
  ...label,
  coverage: { one: coverage, two: null },
});

/**
 * Reads a manifest of any format that was ever registered. Stored manifests and their hashes stay as they are.
 *
 * @param modalityOf finds the modality that owns a feature set
 */
export function upgradeManifest(stored: StoredManifest, modalityOf: (featureSet: string) => string): Manifest {
  if (stored.format !== 1) return stored;
  const { format: _, labels, metric, ...kept } = stored;
  return {
    ...kept,
    format: 2,
    modality: modalityOf(stored.featureSet.name),
    outputs: labels.map(toQuantity),
    metric: { ...metric, better: "lower" },
  };
}
