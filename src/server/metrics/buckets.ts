/** [s] From a look-up that was batched to the statement's time limit: thrice a decade, so that a percentile is told within a third. */
export const LATENCY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Stars or requests a batch: powers of four, up to the largest page and beyond. */
export const BATCH_SIZES = [1, 4, 16, 64, 256, 1024, 4096, 16_384];
