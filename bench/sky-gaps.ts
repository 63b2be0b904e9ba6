import { parseArgs } from "node:util";
import { currentSky } from "../src/catalogue/synthetic-sky/current-sky";
import { loadConfig } from "../src/config";
import { connect } from "../src/database/connect";
import type { Queries } from "../src/database/database";
import { rootMeanSquare } from "../src/science/statistics";
import { syntheticStar } from "../src/science/synthetic-sky/synthetic-star";

/**
 * How well a model's stored labels of a synthetic sky hold, by what the catalogues lack of the star: `npm run bench:gaps`.
 * Only stars without a label to learn from are counted; what is true of them is made anew from the sky's seed.
 */

const LABELS = ["teff", "logg", "feh"] as const;
const DIGITS = { teff: 1, logg: 3, feh: 3 };

interface StarRow {
  readonly id: bigint;
  readonly gaps: string;
  readonly refused: string | null;
  readonly labels: string[] | null;
  readonly values: number[] | null;
  readonly errors: number[] | null;
}

/** What a star says about one label: how far off it is, and in stated errors. */
interface Miss {
  readonly residual: number;
  readonly sigmas: number;
}

interface Pattern {
  stars: number;
  readonly refused: Map<string, number>;
  readonly misses: Readonly<Record<(typeof LABELS)[number], Miss[]>>;
}

const STARS = `
  SELECT s.source_id AS id, concat_ws(', ',
           CASE WHEN s.phot_bp_mean_mag IS NULL OR s.phot_rp_mean_mag IS NULL THEN 'BP, RP' END,
           CASE WHEN NOT EXISTS (SELECT FROM crossmatch x JOIN catalogue c ON c.id = x.catalogue_id
             WHERE x.release = s.release AND x.source_id = s.source_id AND c.name = 'synthetic-skymapper') THEN 'SkyMapper' END,
           CASE WHEN s.teff_gspphot IS NULL THEN 'GSP-Phot' END) AS gaps,
         (SELECT u.reason FROM unpredicted_star u WHERE u.model_version_id = $1 AND u.release = s.release AND u.source_id = s.source_id) AS refused,
         p.labels, p.values, p.errors
    FROM star s
    LEFT JOIN LATERAL (
      SELECT array_agg(label) AS labels, array_agg(value) AS values, array_agg(uncertainty) AS errors
        FROM predicted_label l WHERE l.model_version_id = $1 AND l.release = s.release AND l.source_id = s.source_id) p ON true
   WHERE s.synthetic AND NOT EXISTS (SELECT FROM survey_label t JOIN catalogue c ON c.id = t.catalogue_id
     WHERE t.release = s.release AND t.source_id = s.source_id AND c.name = 'synthetic-sos')`;

async function championOf(queries: Queries, model: string): Promise<number> {
  const [row] = await queries.query<{ id: number }>(
    "SELECT version_id AS id FROM model_alias WHERE model_name = $1 AND alias = 'champion'",
    [model],
  );
  if (!row) throw new Error(`There is no champion of ${model} in this database: run \`npm start\` once, and stop it when it serves.`);
  return row.id;
}

async function truths(queries: Queries): Promise<ReadonlyMap<bigint, Readonly<Record<(typeof LABELS)[number], number>>>> {
  const sky = await currentSky(queries);
  const [, stars, seed] = /(\d+) stars, seed (\d+)/.exec(sky ?? "") ?? [];
  if (!stars || !seed) throw new Error("There is no synthetic sky in this database: run `npm start` once, and stop it when it serves.");
  return new Map(
    Array.from({ length: Number(stars) }, (_, index) => {
      const { sourceId, truth } = syntheticStar(Number(seed), index);
      return [sourceId, truth] as const;
    }),
  );
}

function newPattern(): Pattern {
  return { stars: 0, refused: new Map(), misses: { teff: [], logg: [], feh: [] } };
}

function gather(rows: readonly StarRow[], truth: Awaited<ReturnType<typeof truths>>): Map<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  for (const { id, gaps, refused, labels, values, errors } of rows) {
    const pattern = patterns.get(gaps) ?? newPattern();
    patterns.set(gaps, pattern);
    pattern.stars++;
    if (refused !== null) pattern.refused.set(refused, (pattern.refused.get(refused) ?? 0) + 1);
    for (const label of LABELS) {
      const index = labels?.indexOf(label) ?? -1;
      if (index < 0) continue;
      const residual = values![index]! - truth.get(id)![label];
      pattern.misses[label].push({ residual, sigmas: Math.abs(residual) / errors![index]! });
    }
  }
  return patterns;
}

const within = (misses: readonly Miss[], sigmas: number) =>
  Math.round((100 * misses.filter((miss) => miss.sigmas < sigmas).length) / misses.length);

function cell(misses: readonly Miss[], digits: number): string {
  if (misses.length === 0) return "";
  return `${rootMeanSquare(misses.map(({ residual }) => residual)).toFixed(digits)}, ${within(misses, 1)}%, ${within(misses, 2)}%`;
}

function render(patterns: ReadonlyMap<string, Pattern>): string {
  const rows = [...patterns]
    .sort(([, left], [, right]) => right.stars - left.stars)
    .map(([gaps, { stars, refused, misses }]) => {
      const reasons = [...refused].map(([reason, count]) => `${count} ${reason}`).join(", ");
      return `| ${[gaps || "nothing", stars, reasons, ...LABELS.map((label) => cell(misses[label], DIGITS[label]))].join(" | ")} |`;
    });
  return ["| missing | stars | no number | teff [K] | logg | feh |", "|---|---|---|---|---|---|", ...rows].join("\n");
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { model: { type: "string", default: "demo-sos-mlp" } } });
  const database = await connect(loadConfig());
  try {
    const rows = await database.query<StarRow & Record<string, unknown>>(STARS, [await championOf(database, values.model)]);
    process.stdout.write(
      `Stored labels of ${values.model} by what is missing: RMSE against the truth, within 1 and 2 stated errors.\n\n${render(gather(rows, await truths(database)))}\n`,
    );
  } finally {
    await database.close();
  }
}

void main();
