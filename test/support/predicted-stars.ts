import { type PredictedClass, storeClasses } from "../../src/catalogue/predicted/predicted-class";
import { PREDICTED_TABLES, partitionOf } from "../../src/catalogue/predicted/predicted-tables";
import { type PredictedVector, storeVectors } from "../../src/catalogue/predicted/predicted-vector";
import { type Prediction, storePredictions } from "../../src/catalogue/prediction";
import type { Database } from "../../src/database/database";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { uniform } from "./random";
import { nearby } from "./sky";

/** What stands in the partitions of one version: of each star feh, teff, a class and a vector. */
export interface PredictedStars {
  readonly sourceIds: readonly bigint[];
  /** of each star [deg] */
  readonly ra: readonly number[];
  readonly dec: readonly number[];
  readonly labels: readonly Prediction[];
  readonly classes: readonly PredictedClass[];
  readonly vectors: readonly PredictedVector[];
}

export const CLASSES = ["RRab", "RRc", "it's a \\ class"] as const;
/** Within 3 degrees of which all the stars are. */
export const CENTRE = { raDeg: 83, decDeg: -5 };

/** @returns values that are a real's already, so that what is read is what was written */
const real = Math.fround;

/** Stars about one position and what a version says of them; every tenth has no prediction. */
export function predictedStars(count: number, modelVersionId: number, length: number): PredictedStars {
  const chance = uniform(7);
  const [sourceIds, ra, dec]: [bigint[], number[], number[]] = [[], [], []];
  const [labels, classes, vectors]: [Prediction[], PredictedClass[], PredictedVector[]] = [[], [], []];
  for (let running = 0; running < count; running++) {
    const { raDeg, decDeg } = nearby(CENTRE, 3, chance);
    const sourceId = sourceIdOf(pixelAt(raDeg, decDeg), running % 2 ** 20, 0);
    sourceIds.push(sourceId);
    ra.push(raDeg);
    dec.push(decDeg);
    const key = { release: 3, sourceId, modelVersionId, flags: running % 5 === 0 ? 1 : 0 };
    const [a, b] = [chance(), chance()];
    const vector = Array.from({ length }, () => real(chance()));
    if (running % 10 === 9) continue;
    labels.push({ ...key, label: "feh", value: real(-3 * a * a), uncertainty: real(0.05 + 0.2 * b) });
    labels.push({ ...key, label: "teff", value: real(4000 + 3000 * b), uncertainty: real(50 + 100 * a) });
    const of = b < 0.6 ? 0 : b < 0.98 ? 1 : 2;
    const probability = real(0.4 + 0.6 * a);
    const probabilities = CLASSES.map((_, index) => (index === of ? probability : real((1 - probability) / 2)));
    classes.push({ ...key, output: "variableType", class: CLASSES[of], probability, probabilities });
    vectors.push({ ...key, output: "embedding", vector });
  }
  return { sourceIds, ra, dec, labels, classes, vectors };
}

/** Puts the stars and their predictions into the catalogue, in partitions of their own, with fresh statistics. */
export async function insertPredictedStars(database: Database, stars: PredictedStars, modelVersionId: number): Promise<void> {
  for (const table of PREDICTED_TABLES) {
    const partition = partitionOf(table, modelVersionId);
    await database.script(`CREATE TABLE IF NOT EXISTS ${partition} PARTITION OF ${table} FOR VALUES IN (${modelVersionId})`);
  }
  await database.query(
    `INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag, bp_rp, parallax)
     SELECT 3, id, ra, dec, 12 + 8 * ((id / 7) % 997) / 997.0, ((id / 11) % 300) / 100.0, ((id / 13) % 500) / 50.0
     FROM unnest($1::int8[], $2::float8[], $3::float8[]) t (id, ra, dec)`,
    [stars.sourceIds, stars.ra, stars.dec],
  );
  await storePredictions(database, stars.labels);
  await storeClasses(database, stars.classes);
  await storeVectors(database, stars.vectors);
  for (const table of ["star", ...PREDICTED_TABLES]) await database.script(`VACUUM ANALYZE ${table}`);
}
