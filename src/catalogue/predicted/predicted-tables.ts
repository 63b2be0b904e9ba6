/** Where predictions are kept, one table for each kind of output; every table has a partition for each model version. */
export const PREDICTED_TABLES = ["predicted_label", "predicted_class", "predicted_vector"] as const;
export type PredictedTable = (typeof PREDICTED_TABLES)[number];

/** @returns the partition that holds one version's rows of a table; registration makes it */
export const partitionOf = (table: PredictedTable, modelVersionId: number): string => `${table}_v${modelVersionId}`;
