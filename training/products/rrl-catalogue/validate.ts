import type { ErrorStatistics } from "../../../src/models/registry/error-statistics";
import { mean, standardDeviation } from "../../../src/science/statistics";
import { errorStatistics } from "../../evaluation/error-statistics";
import type { ComparedStar } from "./comparison-table";
import type { Estimate } from "./estimates";

/** The catalogue beside spectra: catalogue - spectroscopic. */
export interface ReferenceComparison {
  /** stars of the table, and those of them that the catalogue has an estimate of */
  readonly listed: number;
  /** null if none has one */
  readonly errors: ErrorStatistics | null;
  /** fraction within one standard error, that of the spectrum included; null if none has one */
  readonly coverage: number | null;
  /** the same of the stars about which nothing is doubtful */
  readonly unflagged: ErrorStatistics | null;
}

/** A cluster in the catalogue. */
export interface ClusterMean {
  readonly cluster: string;
  /** members that the table lists, and those of them that the catalogue has an estimate of */
  readonly listed: number;
  readonly members: number;
  /** [dex] weighted by the stated errors, and its standard error; null if there is no member */
  readonly feh: number | null;
  readonly fehError: number | null;
  /** [dex] of the members about their mean; null below two */
  readonly scatter: number | null;
  /** of the members' deviations from their mean in units of the stated errors: 1 where those are true and the cluster has one [Fe/H] */
  readonly reducedChiSquare: number | null;
  /** [dex] what the table says of the cluster; null if it says nothing */
  readonly listedFeh: number | null;
}

type Estimates = ReadonlyMap<bigint, Estimate>;

function groupedBy<Key>(stars: readonly ComparedStar[], key: (star: ComparedStar) => Key): Map<Key, ComparedStar[]> {
  const groups = new Map<Key, ComparedStar[]>();
  for (const star of stars) {
    const group = groups.get(key(star));
    if (group) group.push(star);
    else groups.set(key(star), [star]);
  }
  return groups;
}

/** @returns how far the catalogue is from stars with spectra; a star's rows are averaged */
export function compareWithReference(stars: readonly ComparedStar[], estimates: Estimates): ReferenceComparison {
  const byStar = groupedBy(
    stars.filter(({ feh }) => !Number.isNaN(feh)),
    ({ sourceId }) => sourceId,
  );
  const pairs = [...byStar].flatMap(([sourceId, rows]) => {
    const estimate = estimates.get(sourceId);
    if (!estimate) return [];
    const known = rows.map(({ fehError }) => fehError).filter((error) => !Number.isNaN(error));
    const residual = estimate.feh - mean(rows.map(({ feh }) => feh));
    const error = Math.hypot(estimate.fehError, known.length ? mean(known) / Math.sqrt(known.length) : 0);
    return [{ residual, isCovered: Math.abs(residual) <= error, isDoubtful: estimate.flags !== null }];
  });
  const statistics = (some: typeof pairs) => (some.length ? errorStatistics(Float64Array.from(some, ({ residual }) => residual)) : null);
  return {
    listed: byStar.size,
    errors: statistics(pairs),
    coverage: pairs.length ? pairs.filter(({ isCovered }) => isCovered).length / pairs.length : null,
    unflagged: statistics(pairs.filter(({ isDoubtful }) => !isDoubtful)),
  };
}

function clusterMean(cluster: string, stars: readonly ComparedStar[], estimates: Estimates): ClusterMean {
  const members = [...new Set(stars.map(({ sourceId }) => sourceId))].flatMap((sourceId) => estimates.get(sourceId) ?? []);
  const weights = members.map(({ fehError }) => fehError ** -2);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const feh = members.reduce((sum, star, index) => sum + star.feh * weights[index]!, 0) / weight;
  const chiSquare = members.reduce((sum, star, index) => sum + (star.feh - feh) ** 2 * weights[index]!, 0);
  const listedFeh = stars.map((star) => star.feh).filter((value) => !Number.isNaN(value));
  const [isAny, isMany] = [members.length > 0, members.length > 1];
  return {
    cluster,
    listed: stars.length,
    members: members.length,
    feh: isAny ? feh : null,
    fehError: isAny ? weight ** -0.5 : null,
    scatter: isMany ? standardDeviation(members.map((star) => star.feh)) * Math.sqrt(members.length / (members.length - 1)) : null,
    reducedChiSquare: isMany ? chiSquare / (members.length - 1) : null,
    listedFeh: listedFeh.length ? mean(listedFeh) : null,
  };
}

/** @returns the mean of each cluster, by name */
export function clusterMeans(stars: readonly ComparedStar[], estimates: Estimates): ClusterMean[] {
  const clusters = groupedBy(
    stars.filter(({ cluster }) => cluster !== ""),
    ({ cluster }) => cluster,
  );
  return [...clusters].map(([name, members]) => clusterMean(name, members, estimates)).sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
}
