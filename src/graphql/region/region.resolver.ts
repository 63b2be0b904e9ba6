import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { distanceArcsec, type FoundStar, nearestStars, searchRegion } from "../../catalogue/region/region-search";
import type { SkyRegion } from "../../catalogue/region/region-sql";
import type { Release } from "../../catalogue/release";
import { polygon } from "../../science/sky/sky-polygon";
import { box, cone } from "../../science/sky/sky-region";
import { Connection } from "../connection";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { readAlone } from "../loading/read-alone";
import { PRICE } from "../price";
import { starFilter } from "../star/star-filter.input";
import { loadStars } from "../star/star-selection";
import { BoxArgs, ConeArgs, NearestArgs, PolygonArgs, type RegionArgs } from "./region.args";
import { decodeCursor, encodeCursor } from "./region-cursor";
import { cornersOf, extent, pagePrice } from "./region-price";
import { RegionConnection, type RegionEdge, StarNeighbour } from "./star-neighbour.type";

/** The request and the field that is resolved. */
interface Asked {
  readonly context: Context;
  readonly info: GraphQLResolveInfo;
}

/** Loads the found stars; a star that was deleted between the two statements is skipped. */
async function neighbours(asked: Asked, release: Release, found: readonly FoundStar[]): Promise<(StarNeighbour & FoundStar)[]> {
  const ids = found.map(({ sourceId }) => sourceId);
  const nodes = await loadStars(asked.info, asked.context.loaders(release), ids);
  return found.flatMap((one, index) => {
    const node = nodes[index];
    return node ? [{ ...one, distanceArcsec: distanceArcsec(one), ra: one.raDeg, dec: one.decDeg, node }] : [];
  });
}

async function page(asked: Asked, args: RegionArgs, region: SkyRegion): Promise<RegionConnection> {
  const { first, after, epoch = null, filter, release } = args;
  checkCount("first", first, 1, asked.context.maxPageSize);
  const search = { release, region, epoch, filter: await starFilter(asked.context, filter), first };
  const from = after == null ? null : decodeCursor(search, after);
  const { stars, hasNext } = await readAlone(asked.context, "region", first, () =>
    asked.context.database.interruptible(asked.context.gone(), (queries) => searchRegion(queries, { ...search, after: from })),
  );
  const found = await neighbours(asked, release, stars);
  const edge = (index: number) => ({ ...found[index]!, cursor: encodeCursor(search, found[index]!) });
  const nodes = found.map(({ node }) => node);
  return Object.assign(new Connection<RegionEdge>(nodes, edge, hasNext, after), { counted: search });
}

@Resolver()
export class RegionResolver {
  @Query(() => RegionConnection, {
    description: "Stars within a radius of a position, nearest first.",
    complexity: (field) => pagePrice(field, field.args.radiusArcsec / 3600),
  })
  coneSearch(@Ctx() context: Context, @Info() info: GraphQLResolveInfo, @Args(() => ConeArgs) args: ConeArgs): Promise<RegionConnection> {
    return page({ context, info }, args, cone(args.ra, args.dec, args.radiusArcsec / 3600));
  }

  @Query(() => RegionConnection, {
    description: "Stars between two meridians and two parallels, nearest to the box's centre first.",
    complexity: (field) => pagePrice(field, extent(cornersOf(field.args as BoxArgs))),
  })
  boxSearch(@Ctx() context: Context, @Info() info: GraphQLResolveInfo, @Args(() => BoxArgs) args: BoxArgs): Promise<RegionConnection> {
    return page({ context, info }, args, box(args.raMin, args.raMax, args.decMin, args.decMax));
  }

  @Query(() => RegionConnection, {
    description: "Stars within a polygon, convex or not, nearest to the middle of its vertices first.",
    complexity: (field) => pagePrice(field, extent(field.args.vertices)) + PRICE.edge * field.args.vertices.length,
  })
  polygonSearch(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PolygonArgs) args: PolygonArgs,
  ): Promise<RegionConnection> {
    return page({ context, info }, args, polygon(args.vertices.map(({ ra, dec }) => ({ raDeg: ra, decDeg: dec }))));
  }

  @Query(() => [StarNeighbour], {
    description: "The stars nearest to a position, nearest first; fewer than asked for where 10 degrees around hold no more.",
    complexity: (field) => pagePrice(field, 1),
  })
  async nearest(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => NearestArgs) args: NearestArgs,
  ): Promise<StarNeighbour[]> {
    const { ra, dec, limit, epoch = null, filter, release } = args;
    checkCount("limit", limit, 1, context.maxPageSize);
    const search = { position: { raDeg: ra, decDeg: dec }, limit, epoch, filter: await starFilter(context, filter), release };
    const found = await readAlone(context, "region", limit, () =>
      context.database.interruptible(context.gone(), (queries) => nearestStars(queries, search)),
    );
    return neighbours({ context, info }, release, found);
  }
}
