import { Random } from "../../src/science/random";

/** Deterministic uniform numbers in (0, 1). */
export function uniform(seed: number): () => number {
  const random = new Random(seed);
  return () => random.uniform();
}

/** Deterministic standard normal numbers. */
export function normal(seed: number): () => number {
  const random = new Random(seed);
  return () => random.normal();
}
