import { createHash } from "node:crypto";
import type { StellarColumn, StellarRow } from "../../src/catalogue/stellar-row";
import { stellarRowsOf } from "../../src/catalogue/stellar-rows";
import type { Database } from "../../src/database/database";
import { AppError } from "../../src/errors";
import type { FeatureSet } from "../../src/features/feature-set";
import { featureSet } from "../../src/features/feature-sets";
import type { LabelColumn, TrainingSet } from "../datasets/training-set";
import { computeInputs } from "./table-training-set";

/** Stars that were observed, or those that `asterism synthesize` made. */
export type Sky = "real" | "synthetic";

const FEATURE_SET = "sos";

/** The labels of the Survey of Surveys, and Gaia's own estimate of each (GSP-Phot gives [M/H] for [Fe/H]). */
const LABELS: readonly (LabelColumn & { readonly before: StellarColumn })[] = [
  { name: "teff", unit: "K", column: "teff", before: "teffGspphot" },
  { name: "logg", unit: "dex", column: "logg", before: "loggGspphot" },
  { name: "feh", unit: "dex", column: "feh", before: "mhGspphot" },
];

/** Catalogues that hold the reference labels, as `sos`, `sos-dr2` and `synthetic-sos`. */
const REFERENCE_CATALOGUE = "^(synthetic-)?sos(-|$)";

/** The published sample: BP and RP present, G <= 18, a distance present. Several spectra of a star are averaged. */
const LABELLED_STARS = `
  SELECT s.source_id, avg(l.teff)::float8, avg(l.logg)::float8, avg(l.feh)::float8
  FROM survey_label l
  JOIN catalogue c ON c.id = l.catalogue_id
  JOIN star s ON s.release = l.release AND s.source_id = l.source_id
  WHERE c.name ~ $1 AND s.release = $2 AND s.synthetic = $3
    AND s.phot_bp_mean_mag IS NOT NULL AND s.phot_rp_mean_mag IS NOT NULL AND s.phot_g_mean_mag <= 18 AND s.r_med_geo IS NOT NULL
  GROUP BY s.source_id
  ORDER BY s.source_id`;

/** Gaia DR3: the release whose GSP-Phot estimates and distances the features are made of. */
const RELEASE = 3;

const SKYMAPPER: readonly StellarColumn[] = ["skymapperU", "skymapperV", "skymapperG", "skymapperR", "skymapperI", "skymapperZ"];

/** As published: a star with more of u v g r i z missing is left out. */
const MOST_BANDS_MISSING = 2;

/** Stars whose rows are read by one statement. */
const CHUNK = 5000;

type Labelled = readonly [sourceId: bigint, ...labels: (number | null)[]];

const hasBands = (row: StellarRow) => SKYMAPPER.filter((column) => (row[column] ?? null) === null).length <= MOST_BANDS_MISSING;

async function labelledStars(database: Database, sky: Sky): Promise<Labelled[]> {
  const stars = await database.prepared<Labelled>("labelled-stars", LABELLED_STARS, [REFERENCE_CATALOGUE, RELEASE, sky === "synthetic"]);
  if (stars.length > 0) return stars;
  throw new AppError(
    "NOT_FOUND",
    `The catalogue holds no ${sky} star with Survey-of-Surveys labels, BP, RP, G <= 18 and a distance. \`asterism ingest\` brings such stars in, \`asterism synthesize\` makes some, and --data names a table instead.`,
  );
}

/** The stars as they are gathered, chunk by chunk. */
class Gathering {
  readonly ids: string[] = [];
  readonly inputs: Float32Array[] = [];
  readonly references: number[][] = LABELS.map(() => []);
  readonly before: number[][] = LABELS.map(() => []);

  constructor(readonly features: FeatureSet) {}

  add(stars: readonly Labelled[], rows: readonly (StellarRow | null)[]): void {
    const kept: StellarRow[] = [];
    rows.forEach((row, index) => {
      if (row === null || !hasBands(row)) return;
      const [sourceId, ...labels] = stars[index]!;
      kept.push(row);
      this.ids.push(String(sourceId));
      LABELS.forEach(({ before }, label) => {
        this.references[label]!.push(labels[label] ?? Number.NaN);
        this.before[label]!.push(row[before] ?? Number.NaN);
      });
    });
    this.inputs.push(computeInputs(this.features, kept));
  }

  /** [stars, features] */
  joinedInputs(): Float32Array {
    const joined = new Float32Array(this.ids.length * this.features.inputs.length);
    let filled = 0;
    for (const chunk of this.inputs) {
      joined.set(chunk, filled);
      filled += chunk.length;
    }
    return joined;
  }
}

/** Of what a model learns from: ids, inputs and labels, byte by byte. */
function hashOf(ids: readonly string[], inputs: Float32Array, references: readonly Float64Array[]): string {
  const hash = createHash("sha256").update(ids.join("\n")).update(new Uint8Array(inputs.buffer));
  for (const values of references) hash.update(new Uint8Array(values.buffer));
  return hash.digest("hex");
}

/**
 * What versions from before there were studies are evaluated on: a snapshot of the catalogue's stars that carry Survey-of-Surveys labels and pass the published cuts (section 2 of
 * Turchi et al. 2024), by source_id.
 *
 * @param sky which stars
 * @throws AppError NOT_FOUND if there are none
 */
export async function readCatalogue(database: Database, sky: Sky): Promise<TrainingSet> {
  const stars = await labelledStars(database, sky);
  const features = featureSet(FEATURE_SET);
  const columns = [...new Set([...features.columns, ...SKYMAPPER, ...LABELS.map(({ before }) => before)])];
  const gathering = new Gathering(features);
  for (let start = 0; start < stars.length; start += CHUNK) {
    const chunk = stars.slice(start, start + CHUNK);
    const ids = chunk.map(([sourceId]) => sourceId);
    gathering.add(chunk, await stellarRowsOf(database, RELEASE, ids, columns));
  }
  const inputs = gathering.joinedInputs();
  const references = gathering.references.map((values) => Float64Array.from(values));
  return {
    source: "catalogue",
    path: null,
    layout: "catalogue",
    idColumn: "source_id",
    sha256: hashOf(gathering.ids, inputs, references),
    synthetic: sky === "synthetic",
    featureSet: features,
    labels: LABELS.map(({ name, unit, column }) => ({ name, unit, column })),
    ids: gathering.ids,
    starKeys: gathering.ids,
    inputs,
    references,
    before: gathering.before.map((values) => Float64Array.from(values)),
  };
}
