import { storeClasses } from "../../src/catalogue/predicted/predicted-class";
import { storeVectors } from "../../src/catalogue/predicted/predicted-vector";
import { storePredictions } from "../../src/catalogue/prediction";
import type { Database } from "../../src/database/database";
import type { ClassesOutput, VectorOutput } from "../../src/models/registry/output";
import type { ModelVersion, Registry } from "../../src/models/registry/registry";
import { DEMO_ONNX } from "./demo-features";
import { FEH, manifestDraft, TEFF } from "./manifest";

const TOLD = { stars: 10, accuracy: 0.9, macroF1: 0.8, logLoss: 0.3, calibrationError: 0.02, confusion: [] };

/** The names of classes are whatever a training table says. */
export const MIXED_CLASSES = ["RRab", "RRc", 'a "wild", {odd} <one>\\'] as const;

const CLASSES: ClassesOutput = { kind: "classes", name: "variableType", column: "type", classes: MIXED_CLASSES, test: TOLD, before: TOLD };
const VECTOR: VectorOutput = { kind: "vector", name: "embedding", length: 3, description: "of the light curve's shape" };

/** Registers a version that says two labels, a classification and a vector. */
export const registerMixed = (registry: Registry, model = "mixed"): Promise<ModelVersion> =>
  registry.register(manifestDraft({ model, outputs: [TEFF, FEH, CLASSES, VECTOR] }), DEMO_ONNX);

/**
 * Stores what the version says of stars 1000, 1001, ...: teff = 5000 + 10 n [K], the classes in turn, and a vector that is n
 * away from the origin. Star n = 4 has no vector, and its feh is doubtful.
 */
export async function storeMixed(database: Database, { id }: ModelVersion, stars = 6, shift = 0): Promise<void> {
  const numbers = Array.from({ length: stars }, (_, n) => n);
  const key = (n: number) => ({ release: 3, sourceId: BigInt(1000 + n), modelVersionId: id });
  await storePredictions(
    database,
    numbers.flatMap((n) => [
      { ...key(n), label: "teff", value: 5000 + 10 * n + shift, uncertainty: 50, flags: 0 },
      { ...key(n), label: "feh", value: -n / 4, uncertainty: 0.125, flags: n === 4 ? 5 : 0 },
    ]),
  );
  await storeClasses(
    database,
    numbers.map((n) => ({
      ...key(n),
      output: "variableType",
      class: MIXED_CLASSES[n % 3]!,
      probability: 0.75,
      probabilities: MIXED_CLASSES.map((_, index) => (index === n % 3 ? 0.75 : 0.125)),
      flags: n === 4 ? 1 : 0,
    })),
  );
  const vectors = numbers.filter((n) => n !== 4).map((n) => ({ ...key(n), output: "embedding", vector: [n, 0, 0.5], flags: 0 }));
  await storeVectors(database, vectors);
}
