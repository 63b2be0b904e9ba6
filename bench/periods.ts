import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { PACKAGE_ROOT } from "../src/config";
import { AppError } from "../src/errors";
import { findPeriod } from "../src/science/light-curve/find-period";
import { type LightCurveStar, readLightCurveFolder } from "../training/light-curves/light-curve-folder";
import { aliasName } from "./periods/alias-name";
import { resample } from "./periods/resample";
import { transitTimes } from "./periods/scanning-law";

/**
 * How many periods of the phase-folded Gaia set are recovered from light curves that are unfolded to the times at which
 * Gaia's scanning law observes each star, over the 34 months of DR3 and the 22 of DR2. Exits with 1 below 95%.
 */

const MISSIONS = [
  { name: "DR3, 34 months", days: 1038 },
  { name: "DR2, 22 months", days: 668 },
];
const WANTED = 0.95;
/** [cycles] drift over the whole time span below which the count of cycles, hence the peak, is right. */
const LARGEST_DRIFT = 0.1;

type Usable = Extract<LightCurveStar, { refusal: null }>;

interface Trial {
  readonly points: number;
  readonly ms: number;
  readonly recovered: boolean;
  readonly doubtful: boolean;
  /** what was found instead of the period; null if the period was found */
  readonly alias: string | null;
}

function attempt({ curve, raDeg, decDeg }: Usable, days: number): Trial {
  const times = transitTimes(raDeg, decDeg, days);
  const points = resample(curve, times);
  const started = performance.now();
  const found = findPeriod(points);
  const ms = performance.now() - started;
  if (!found) return { points: times.length, ms, recovered: false, doubtful: true, alias: "none found" };
  const span = times[times.length - 1]! - times[0]!;
  const recovered = Math.abs(1 / found.periodDays - 1 / curve.periodDays) * span < LARGEST_DRIFT;
  const alias = recovered ? null : aliasName(1 / curve.periodDays, 1 / found.periodDays, span);
  return { points: times.length, ms, recovered, doubtful: found.doubtful, alias };
}

function summarise(mission: string, trials: readonly Trial[]) {
  const share = (of: readonly Trial[], condition: (trial: Trial) => boolean) => of.filter(condition).length / Math.max(1, of.length);
  const wrong = trials.filter(({ recovered }) => !recovered);
  const right = trials.filter(({ recovered }) => recovered);
  const aliases: Record<string, number> = {};
  for (const { alias } of wrong) aliases[alias!] = (aliases[alias!] ?? 0) + 1;
  return {
    mission,
    stars: trials.length,
    medianPoints: trials.map(({ points }) => points).sort((a, b) => a - b)[trials.length >> 1],
    recovered: share(trials, (trial) => trial.recovered),
    doubtedOfWrong: share(wrong, (trial) => trial.doubtful),
    doubtedOfRight: share(right, (trial) => trial.doubtful),
    aliases,
    msPerStar: trials.reduce((sum, { ms }) => sum + ms, 0) / trials.length,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

function print(summary: ReturnType<typeof summarise>): void {
  const { mission, stars, medianPoints, recovered, doubtedOfWrong, doubtedOfRight, aliases, msPerStar } = summary;
  const list = Object.entries(aliases)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name}: ${count}`);
  process.stdout.write(
    `${mission}: ${percent(recovered)} of ${stars} periods recovered from ${medianPoints} points (median); of the wrong ones ${percent(doubtedOfWrong)} are marked doubtful, of the right ones ${percent(doubtedOfRight)}; ${msPerStar.toFixed(0)} ms a star.\n  Found in their place: ${list.join(", ") || "nothing"}.\n`,
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: "string" }, stars: { type: "string", default: "500" }, json: { type: "boolean", default: false } },
  });
  const data = values.data ?? path.join(process.env.ASTERISM_REAL_DATA ?? path.join(PACKAGE_ROOT, "../shared/data"), "rr-lyrae-gaia-g");
  const wanted = values.stars === "all" ? Number.POSITIVE_INFINITY : Number(values.stars);
  if (!(wanted >= 1)) throw new AppError("BAD_INPUT", `--stars takes a number or 'all', not '${values.stars}'.`);
  const stars = (await readLightCurveFolder(data)).stars.filter((star): star is Usable => star.refusal === null);
  const every = Math.max(1, Math.floor(stars.length / wanted));
  const chosen = stars.filter((_, index) => index % every === 0);
  const summaries = MISSIONS.map(({ name, days }) =>
    summarise(
      name,
      chosen.map((star) => attempt(star, days)),
    ),
  );
  if (values.json) process.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
  else summaries.forEach(print);
  if (summaries.some(({ recovered }) => recovered < WANTED)) process.exitCode = 1;
}

void main();
