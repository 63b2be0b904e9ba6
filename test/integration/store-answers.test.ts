import { predictedClassesOf } from "../../src/catalogue/predicted/predicted-class";
import { predictedVectorsOf } from "../../src/catalogue/predicted/predicted-vector";
import { countHoles } from "../../src/catalogue/prediction";
import { VALUES } from "../../src/modalities/values/values";
import type { StarPrediction } from "../../src/models/star-prediction";
import { cutRanges } from "../../training/backfill/ranges";
import { storeAnswers } from "../../training/backfill/store-answers";
import { openServices, type TestServices } from "../support/api-services";
import { insertStars } from "../support/stars";
import { MIXED_CLASSES, registerMixed } from "../support/stored-kinds";

let services: TestServices;
beforeAll(async () => {
  services = await openServices();
  await insertStars(services.database, 6, 1000);
});
afterAll(() => services.close());

const NOTHING: StarPrediction = {
  ...{ labels: [], classes: [], vectors: [], refusal: null, unpredicted: null, flags: 0 },
  ...{ inputsMissing: [], inputsOutsideLimits: [] },
};
const said = { name: "variableType", value: MIXED_CLASSES[2], probability: 0.5, probabilities: [0.25, 0.25, 0.5], flags: 2 };

/** Of star 1000 a label is known, of 1001 a class alone, of 1002 a vector alone, of 1003 nothing; 1004 and 1005 were not asked about. */
const ANSWERS = [
  { sourceId: 1000n, answer: { ...NOTHING, labels: [{ label: "teff", unit: "K", value: 5000, uncertainty: 50, flags: 0 }] } },
  { sourceId: 1001n, answer: { ...NOTHING, classes: [said] } },
  { sourceId: 1002n, answer: { ...NOTHING, vectors: [{ name: "embedding", values: [0.5, -2, 0], flags: 1 }] } },
  { sourceId: 1003n, answer: { ...NOTHING, unpredicted: "no-input" as const } },
];

test("a star has been through a backfill once any kind of answer, or that there is none, is stored of it", async () => {
  const { database, registry } = services;
  const [champion, candidate] = [await registerMixed(registry), await registerMixed(registry)];
  const job = { modelVersionId: champion.id, release: 3 } as const;
  expect(await storeAnswers(database, job, ANSWERS)).toBe(1);
  const { name: output, value, ...rest } = said;
  const key = { release: 3, modelVersionId: champion.id };
  expect(await predictedClassesOf(database, 3, [1000n, 1001n], [champion.id])).toEqual([
    { ...key, ...rest, sourceId: 1001n, output, class: value },
  ]);
  expect(await predictedVectorsOf(database, 3, [1002n], [champion.id])).toEqual([
    { ...key, sourceId: 1002n, output: "embedding", vector: [0.5, -2, 0], flags: 1 },
  ]);
  expect(await cutRanges(database, job, VALUES.stored!, 100)).toBe(2);
  // Readers of the champion see an answer of 1000, 1001 and 1002.
  expect(await countHoles(database.prisma, champion.id, candidate.id)).toBe(3);
  await storeAnswers(database, { modelVersionId: candidate.id, release: 3 }, [{ sourceId: 1000n, answer: ANSWERS[1]!.answer }]);
  expect(await countHoles(database.prisma, champion.id, candidate.id)).toBe(2);
});
