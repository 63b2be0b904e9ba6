import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Int, Query, Resolver } from "type-graphql";
import type { Release } from "../../catalogue/release";
import { starPage } from "../../catalogue/star-page";
import type { StarPart } from "../../catalogue/stars-by-ids";
import { Connection } from "../connection";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { readAlone } from "../loading/read-alone";
import { filterPrice, PRICE } from "../price";
import { SourceId } from "../scalars/source-id";
import { DataRelease, StarType } from "./star.type";
import { StarConnection, type StarEdge } from "./star-connection.type";
import { decodeCursor, encodeCursor } from "./star-cursor";
import { StarFilterInput, starFilter } from "./star-filter.input";
import { StarOrderInput, starOrder } from "./star-order.input";
import { loadAhead, loadStars, selectedStarColumns } from "./star-selection";

const RELEASE = { defaultValue: DataRelease.DR3, description: "data release of the ids" } as const;

@Resolver()
export class StarResolver {
  @Query(() => StarType, {
    nullable: true,
    description: "One star, null if nothing is known of such a source of the release. See `listed`.",
  })
  async star(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("sourceId", () => SourceId) sourceId: bigint,
    @Arg("release", () => DataRelease, RELEASE) release: Release,
  ): Promise<StarPart | null> {
    const [star] = await loadStars(info, context.loaders(release), [sourceId]);
    return star ?? null;
  }

  @Query(() => [StarType], {
    nullable: "items",
    description: "Stars in the order of the ids, null where nothing is known of such a source of the release. See `listed`.",
    complexity: ({ args, childComplexity }) => 1 + args.sourceIds.length * childComplexity,
  })
  starsByIds(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("sourceIds", () => [SourceId]) sourceIds: bigint[],
    @Arg("release", () => DataRelease, RELEASE) release: Release,
  ): Promise<(StarPart | null)[]> {
    checkCount("sourceIds", sourceIds.length, 0, context.maxPageSize);
    return loadStars(info, context.loaders(release), sourceIds);
  }

  @Query(() => StarConnection, {
    description: "Pages of stars, filtered and ordered.",
    complexity: ({ args, childComplexity, node }) => PRICE.page + filterPrice(node) + args.first * childComplexity,
  })
  async stars(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("first", () => Int, { defaultValue: 20, description: "stars a page" }) first: number,
    @Arg("after", () => String, { nullable: true, description: "a cursor; the page begins after it" }) after: string | null,
    @Arg("filter", () => StarFilterInput, { nullable: true }) filter: StarFilterInput | null,
    @Arg("order", () => StarOrderInput, { defaultValue: { by: "sourceId", direction: "ASC" } }) order: StarOrderInput,
    @Arg("release", () => DataRelease, RELEASE) release: Release,
  ): Promise<StarConnection> {
    checkCount("first", first, 1, context.maxPageSize);
    const meant = await starOrder(context, order);
    const from = after == null ? null : decodeCursor(release, meant, after);
    const page = { release, filter: await starFilter(context, filter), order: meant, after: from, first };
    const columns = selectedStarColumns(info);
    const { keys, stars, hasNext } = await readAlone(context, "list", first, () => starPage(context.database, page, columns));
    const ids = keys.map(({ sourceId }) => sourceId);
    await loadAhead(info, context.loaders(release), ids);
    const edge = (index: number) => ({ cursor: encodeCursor(release, meant, keys[index]!), node: stars[index]! });
    return Object.assign(new Connection<StarEdge>([...stars], edge, hasNext, after), { counted: { release, filter: page.filter } });
  }
}
