import type { Manifest } from "./manifest";
import type { Metric } from "./output";

/** The part of a manifest that the rule depends on. */
export type Contender = Pick<Manifest, "version" | "metric" | "outputs"> & {
  readonly data: Pick<Manifest["data"], "synthetic" | "testSha256">;
};

const BEYOND = { lower: "below", higher: "above" } as const;

/** More digits than these are noise in an RMSE. */
const FEWEST_DIGITS = 3;
const MOST_DIGITS = 17;

/** @returns each figure with three significant digits, or as many as are needed to tell them apart */
export function figuresApart(...figures: readonly number[]): string[] {
  const shown = (digits: number) => figures.map((figure) => String(Number(figure.toPrecision(digits))));
  const distinct = new Set(figures).size;
  let digits = FEWEST_DIGITS;
  while (digits < MOST_DIGITS && new Set(shown(digits)).size < distinct) digits++;
  return shown(digits);
}

const outputNames = (contender: Contender) => contender.outputs.map(({ name }) => name).sort();

/** Whether a figure is better than the champion's; one that is not a number is not. */
function isBetter({ value, better }: Metric, champion: number): boolean {
  return better === "lower" ? value < champion : value > champion;
}

/**
 * The promotion rule: a version may replace the champion if it is better on the same test stars, by the metric that
 * both declare, in the direction that it names. Results on a synthetic sky say nothing about real stars, so a version trained on real
 * stars may always replace one trained on synthetic stars, but never the reverse.
 *
 * @returns the reason for refusing, as a sentence; null if the version may replace the champion
 */
export function promotionRefusal(champion: Contender, candidate: Contender): string | null {
  const versus = `Version ${candidate.version} cannot replace version ${champion.version}`;
  if (champion.data.synthetic && !candidate.data.synthetic) return null;
  if (candidate.data.synthetic && !champion.data.synthetic)
    return `${versus}: it was trained on a synthetic sky, and the champion on real stars.`;
  if (outputNames(candidate).join() !== outputNames(champion).join())
    return `${versus}: it predicts ${outputNames(candidate).join(", ")}, and the champion ${outputNames(champion).join(", ")}.`;
  if (candidate.data.testSha256 !== champion.data.testSha256)
    return `${versus}: they were tested on different stars, so that their figures do not compare. Train it on the champion's data.`;
  if (candidate.metric.name !== champion.metric.name)
    return `${versus}: it declares the metric ${candidate.metric.name}, and the champion ${champion.metric.name}.`;
  if (candidate.metric.better !== champion.metric.better)
    return `${versus}: of ${candidate.metric.name} it says that ${candidate.metric.better} is better, and the champion that ${champion.metric.better} is.`;
  if (isBetter(candidate.metric, champion.metric.value)) return null;
  const [its, champions] = figuresApart(candidate.metric.value, champion.metric.value);
  return `${versus}: its ${candidate.metric.name} is ${its}, and must be ${BEYOND[candidate.metric.better]} the champion's ${champions}.`;
}

/** A move of the champion alias to the version `to`. */
export interface ChampionMove {
  readonly kind: "registered" | "promoted" | "forced" | "rolled-back";
  readonly to: number;
}

/**
 * The champion before the current one. A rollback undoes the move before it, so two rollbacks go back two champions
 * instead of returning to the version that was rolled back.
 *
 * @param moves oldest first
 * @returns the version, or null if the current champion is the first
 */
export function previousChampion(moves: readonly ChampionMove[]): number | null {
  const reign: number[] = [];
  for (const { kind, to } of moves) {
    if (kind === "rolled-back") reign.pop();
    else reign.push(to);
  }
  return reign.at(-2) ?? null;
}
