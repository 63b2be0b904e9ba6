import { performance } from "node:perf_hooks";
import { withPredictor } from "../src/cli/with-predictor";
import { median } from "../src/science/statistics";
import { readObservedStars } from "../training/light-curves/light-curve-folder";

/** Stars asked for at once, as `asterism predict` does. */
const BATCH = 512;
const ROUNDS = 3;

export interface LightCurveFigure {
  readonly model: string;
  readonly stars: number;
  /** features included; median of the rounds */
  readonly starsPerSecond: number;
  /** a second of this process's processor time, all threads together */
  readonly starsPerProcessorSecond: number;
}

/** [s] by the clock, and of processor time. */
async function secondsOf(work: () => Promise<void>): Promise<readonly [clock: number, processor: number]> {
  const [used, started] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return [(performance.now() - started) / 1000, (user + system) / 1e6];
}

/**
 * Stars/s of a registered model of light curves, from light curves to labels with flags, as `asterism predict`
 * and a backfill ask it: the features in this thread, then the network or trees in the inference thread.
 *
 * @param reference NAME, NAME@alias or NAME@version, of the configured data folder
 * @param folder of light curves with known periods
 */
export async function measureLightCurves(reference: string, folder: string): Promise<LightCurveFigure> {
  const { stars } = await readObservedStars(folder);
  const curves = stars.map(({ points, periodDays }) => ({ points, period: periodDays, doubtful: false }));
  return withPredictor(reference, async ({ predictor, version }) => {
    const predictAll = async () => {
      for (let first = 0; first < stars.length; first += BATCH) await predictor.predict(version, curves.slice(first, first + BATCH));
    };
    await predictor.predict(version, curves.slice(0, BATCH));
    const rounds: (readonly [number, number])[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await secondsOf(predictAll));
    const rate = (of: 0 | 1) => stars.length / median(rounds.map((seconds) => seconds[of]));
    return { model: `${version.model}@${version.version}`, stars: stars.length, starsPerSecond: rate(0), starsPerProcessorSecond: rate(1) };
  });
}
