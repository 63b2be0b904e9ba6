import type { GraphQLResolveInfo } from "graphql";
import type { ComplexityEstimatorArgs } from "graphql-query-complexity";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { checkMatchRadius } from "../../catalogue/position-match/match-file";
import { matchPositions } from "../../catalogue/position-match/match-positions";
import { reachDeg } from "../../catalogue/position-match/stars-around";
import { checkEpoch } from "../../catalogue/region/region-search";
import type { Release } from "../../catalogue/release";
import { AppError } from "../../errors";
import type { Match } from "../../science/crossmatch/match-back";
import { matchFlagNames } from "../../science/crossmatch/match-flags";
import type { MatchObject } from "../../science/crossmatch/match-object";
import { checkPosition } from "../../science/sky/sky-region";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { readAlone } from "../loading/read-alone";
import { PRICE } from "../price";
import { loadStars } from "../star/star-selection";
import { MatchArgs, type MatchPositionInput } from "./match.args";
import { PositionMatchesType, type PositionMatchType } from "./match.type";

/** Stars of a position. */
const MOST_MATCHES = 20;

/** Positions of one statement: their stars are compared with them in the thread that answers requests. */
const CHUNK_POSITIONS = 100;

/** What a position costs grows with the sky around it that is searched: early epochs take more. */
function matchPrice({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const { positions, radiusArcsec, first } = args as MatchArgs;
  const work = positions.map(
    ({ epoch }) => PRICE.position + PRICE.squareArcminute * Math.PI * (60 * reachDeg(epoch ?? null, radiusArcsec)) ** 2,
  );
  return PRICE.page + work.reduce((sum, one) => sum + one + Math.max(1, first) * childComplexity, 0);
}

/** @throws AppError BAD_INPUT naming the position at fault */
function objectOf({ ra, dec, epoch = null, errorArcsec = null }: MatchPositionInput, index: number): MatchObject {
  const what = `positions[${index}]`;
  checkPosition({ raDeg: ra, decDeg: dec }, what);
  checkEpoch(epoch);
  if (errorArcsec !== null && !(errorArcsec > 0))
    throw new AppError("BAD_INPUT", `${what}: errorArcsec must be above 0, not ${errorArcsec}. Leave it out where it is not known.`);
  return { raDeg: ra, decDeg: dec, epoch, errorArcsec };
}

async function withStars(
  context: Context,
  info: GraphQLResolveInfo,
  release: Release,
  found: readonly (readonly Match[])[],
): Promise<PositionMatchesType[]> {
  const ids = [...new Set(found.flatMap((matches) => matches.map(({ sourceId }) => sourceId)))];
  const nodes = await loadStars(info, context.loaders(release), ids);
  const stars = new Map(ids.map((id, index) => [id, nodes[index]]));
  const told = (match: Match): PositionMatchType[] => {
    const node = stars.get(match.sourceId); // one that was deleted since is skipped
    return node ? [{ ...match, separationError: match.error, flags: matchFlagNames(match.flags), node }] : [];
  };
  return found.map((matches) => ({ matches: matches.flatMap(told) }));
}

@Resolver()
export class MatchResolver {
  @Query(() => [PositionMatchesType], {
    description: "The stars that given positions are, in their order: each star where it was at the epoch of the position.",
    complexity: matchPrice,
  })
  async match(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => MatchArgs) { positions, radiusArcsec, first, release }: MatchArgs,
  ): Promise<PositionMatchesType[]> {
    checkCount("positions", positions.length, 0, context.maxPageSize);
    checkCount("first", first, 1, MOST_MATCHES);
    checkMatchRadius(radiusArcsec);
    const objects = positions.map(objectOf);
    const settings = { release, radiusArcsec, all: true };
    const found = await readAlone(context, "match", positions.length, () =>
      context.database.interruptible(context.gone(), (queries) =>
        matchPositions((sql) => queries.prepared("", sql, []), objects, settings, CHUNK_POSITIONS),
      ),
    );
    return withStars(
      context,
      info,
      release,
      found.map((matches) => matches.slice(0, first)),
    );
  }
}
