/** [s] From a batched look-up to the statement timeout; three per decade. */
export const LATENCY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Stars or requests per batch: powers of four, up to the largest page and beyond. */
export const BATCH_SIZES = [1, 4, 16, 64, 256, 1024, 4096, 16_384];
