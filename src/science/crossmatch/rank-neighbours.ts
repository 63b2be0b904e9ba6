import { unlikeliness } from "./match-error";
import { MATCH_FLAGS } from "./match-flags";
import type { MatchObject, Neighbour } from "./match-object";

/** A neighbour and its place among the others of its object. */
export interface Ranked {
  readonly sourceId: bigint;
  /** [arcsec] at the object's epoch */
  readonly separation: number;
  /** [arcsec] along one axis; null: not known */
  readonly error: number | null;
  /** [-] separation over its error; null: not known */
  readonly significance: number | null;
  /** 1: the best */
  readonly rank: number;
  /** stars within the radius of the object */
  readonly neighbours: number;
  /** bits of MATCH_FLAGS */
  readonly flags: number;
}

/** -2 ln of a hundredth: a star that is less likely than that, next to the best, is no rival. */
const RIVAL = -2 * Math.log(0.01);

/** Without errors nobody can tell how likely the second star is: each is a rival then. */
function isAmbiguous([best, second]: readonly (Neighbour & { readonly order: number })[]): boolean {
  if (best === undefined || second === undefined) return false;
  return best.error === null || second.order - best.order < RIVAL;
}

function flagsOf(object: MatchObject, { star }: Neighbour, ambiguous: boolean): number {
  const isStill = object.epoch !== null && (star.pmra === null || star.pmdec === null);
  return (
    (ambiguous ? MATCH_FLAGS.AMBIGUOUS : 0) |
    (isStill ? MATCH_FLAGS.NO_PROPER_MOTION : 0) |
    (object.epoch === null ? MATCH_FLAGS.NO_EPOCH : 0)
  );
}

/** Orders the stars within the radius of an object: the likeliest first; equal ones by distance, then by source_id. */
export function rankNeighbours(object: MatchObject, found: readonly Neighbour[]): Ranked[] {
  const ordered = found
    .map((neighbour) => ({ ...neighbour, order: unlikeliness(neighbour.separation, neighbour.error) }))
    .sort((a, b) => a.order - b.order || a.separation - b.separation || (a.star.sourceId < b.star.sourceId ? -1 : 1));
  const ambiguous = isAmbiguous(ordered);
  return ordered.map((neighbour, index) => ({
    sourceId: neighbour.star.sourceId,
    separation: neighbour.separation,
    error: neighbour.error,
    significance: neighbour.error === null ? null : neighbour.separation / neighbour.error,
    rank: index + 1,
    neighbours: ordered.length,
    flags: flagsOf(object, neighbour, ambiguous),
  }));
}
