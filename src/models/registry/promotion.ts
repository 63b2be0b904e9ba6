import type { Manifest } from "./manifest";

/** The part of a manifest that the rule depends on. */
export type Contender = Pick<Manifest, "version" | "metric" | "labels"> & {
  readonly data: Pick<Manifest["data"], "synthetic" | "testSha256">;
};

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

const labelNames = (contender: Contender) => contender.labels.map((label) => label.name).sort();

/**
 * The promotion rule: a version may replace the champion if it is better on the same test stars, by the metric that the
 * model declares (lower is better). Results on a synthetic sky say nothing about real stars, so a version trained on real
 * stars may always replace one trained on synthetic stars, but never the reverse.
 *
 * @returns the reason for refusing, as a sentence; null if the version may replace the champion
 */
export function promotionRefusal(champion: Contender, candidate: Contender): string | null {
  const versus = `Version ${candidate.version} cannot replace version ${champion.version}`;
  if (champion.data.synthetic && !candidate.data.synthetic) return null;
  if (candidate.data.synthetic && !champion.data.synthetic)
    return `${versus}: it was trained on a synthetic sky, and the champion on real stars.`;
  if (labelNames(candidate).join() !== labelNames(champion).join())
    return `${versus}: it predicts ${labelNames(candidate).join(", ")}, and the champion ${labelNames(champion).join(", ")}.`;
  if (candidate.data.testSha256 !== champion.data.testSha256)
    return `${versus}: they were tested on different stars, so that their figures do not compare. Train it on the champion's data.`;
  if (candidate.metric.name !== champion.metric.name)
    return `${versus}: it declares the metric ${candidate.metric.name}, and the champion ${champion.metric.name}.`;
  if (candidate.metric.value < champion.metric.value) return null;
  const [its, champions] = figuresApart(candidate.metric.value, champion.metric.value);
  return `${versus}: its ${candidate.metric.name} is ${its}, and must be below the champion's ${champions}.`;
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
