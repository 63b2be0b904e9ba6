import type { Queries } from "../database/database";
import { type MatchFlag, matchFlagNames } from "../science/crossmatch/match-flags";
import { inOrder } from "./by-star";
import type { Release } from "./release";

/** An object of another catalogue that is this star. What `asterism crossmatch` finds is null where the match is by identifier. */
export interface Crossmatch {
  readonly catalogue: string;
  readonly objectId: string;
  /** [arcsec] at the object's epoch */
  readonly separation: number | null;
  readonly method: string;
  /** [arcsec] along an axis; null too where the object's error is not known */
  readonly separationError: number | null;
  /** [-] separation over its error */
  readonly significance: number | null;
  /** 1: the likeliest star within the radius */
  readonly rank: number | null;
  /** stars within the radius of the object */
  readonly neighbours: number | null;
  /** other objects of the catalogue that are matched to this star */
  readonly mates: number | null;
  /** whether, of the catalogue's objects that are matched to this star, it fits this one best */
  readonly bestForStar: boolean | null;
  /** [arcsec] in which stars were searched for */
  readonly radius: number | null;
  readonly flags: readonly MatchFlag[];
}

type Row = [
  sourceId: bigint,
  catalogue: string,
  objectId: string,
  separation: number | null,
  method: string,
  separationError: number | null,
  significance: number | null,
  rank: number | null,
  neighbours: number | null,
  mates: number | null,
  bestForStar: boolean | null,
  radius: number | null,
  flags: number,
];

const SELECT_CROSSMATCHES = `
  SELECT m.source_id, c.name, m.object_id, m.separation, m.method, m.separation_error, m.significance, m.rank, m.neighbours, m.mates,
    m.best_for_star, m.radius, m.flags
  FROM crossmatch m JOIN catalogue c ON c.id = m.catalogue_id
  WHERE m.release = $1 AND m.source_id = ANY($2::int8[])
  ORDER BY c.name, m.object_id`;

function toCrossmatch([, catalogue, objectId, separation, method, ...row]: Row): Crossmatch {
  const [separationError, significance, rank, neighbours, mates, bestForStar, radius, flags] = row;
  const counts = { rank, neighbours, mates, bestForStar };
  return { catalogue, objectId, separation, method, separationError, significance, ...counts, radius, flags: matchFlagNames(flags) };
}

/** @returns for each id, in order, its cross-matches by catalogue */
export async function crossmatchesOf(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<Crossmatch[][]> {
  const rows = await queries.prepared<Row>("crossmatches-of", SELECT_CROSSMATCHES, [release, sourceIds]);
  return inOrder(sourceIds, rows, toCrossmatch);
}
