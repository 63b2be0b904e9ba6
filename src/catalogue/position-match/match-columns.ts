import type { OutputColumn, OutputType } from "../../formats/output-table";
import type { Match } from "../../science/crossmatch/match-back";
import { MATCH_FLAG_TEXT, matchFlagNames } from "../../science/crossmatch/match-flags";
import type { OutputCell } from "../bulk/encode-rows";

interface MatchColumn extends OutputColumn {
  readonly cell: (match: Match) => OutputCell;
}

const matchColumn = (name: string, type: OutputType, unit: string | null, description: string, cell: MatchColumn["cell"]): MatchColumn => ({
  name,
  type,
  unit,
  description,
  cell,
});

/** What is told of an object's star. An object without one has nulls. */
export const MATCH_COLUMNS: readonly MatchColumn[] = [
  matchColumn("source_id", "int64", null, "Gaia source that the object is", ({ sourceId }) => sourceId),
  matchColumn("separation", "float64", "arcsec", "from the star at the object's epoch", ({ separation }) => separation),
  matchColumn("separation_error", "float64", "arcsec", "standard error of separation along one axis", ({ error }) => error),
  matchColumn("significance", "float64", null, "separation over its error", ({ significance }) => significance),
  matchColumn("rank", "int32", null, "1: the likeliest star within the radius", ({ rank }) => rank),
  matchColumn("neighbours", "int32", null, "stars within the radius", ({ neighbours }) => neighbours),
  matchColumn("mates", "int32", null, "other objects of the table of which the star is the best match too", ({ mates }) => mates),
  matchColumn("best_for_star", "boolean", null, "of the objects of which the star is the best match, it fits this one best", (match) => {
    return match.bestForStar;
  }),
  matchColumn("match_flags", "string", null, `doubts: ${MATCH_FLAG_TEXT}`, ({ flags }) => matchFlagNames(flags).join(" ") || null),
];

/** @returns the cells of MATCH_COLUMNS */
export const matchCells = (match: Match | null): OutputCell[] => MATCH_COLUMNS.map(({ cell }) => (match === null ? null : cell(match)));

/**
 * The columns of a match without a star. A row without a position has no number of neighbours either.
 *
 * @param hasPosition whether stars were looked for
 */
export const emptyCells = (hasPosition: boolean): OutputCell[] =>
  MATCH_COLUMNS.map(({ name }) => (hasPosition && name === "neighbours" ? 0 : null));
