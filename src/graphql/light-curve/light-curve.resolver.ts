import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type LightCurve, MAX_POINTS } from "../../catalogue/light-curve";
import type { StarIdentity } from "../../catalogue/star";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { LightCurveArgs } from "./light-curve.args";
import { LightCurveType } from "./light-curve.type";
import { checkPeriod, shownCurve } from "./shown-curve";

/** The period to fold with: the given one, otherwise the first known period of the star. */
async function periodOf({ release, sourceId }: StarIdentity, context: Context, given: number | null | undefined): Promise<number | null> {
  if (given != null) return checkPeriod(given);
  const known = await context.loaders(release).variability.load(sourceId);
  return known.find(({ period }) => period !== null)?.period ?? null;
}

async function curvesOf(star: StarIdentity, context: Context, { catalogue, period, ...showing }: LightCurveArgs, band: string | null) {
  checkCount("maxPoints", showing.maxPoints, 1, MAX_POINTS);
  const isWanted = (curve: LightCurve) => (band === null || curve.band === band) && (catalogue == null || curve.catalogue === catalogue);
  const [curves, days] = await Promise.all([
    context.loaders(star.release).lightCurves.load(star.sourceId),
    periodOf(star, context, period),
  ]);
  return curves.filter(isWanted).map((curve) => shownCurve(curve, { ...showing, period: days }));
}

const load = StarFieldNeeds({ reads: [], loader: (loaders) => loaders.lightCurves });

@Resolver(() => StarType)
export class LightCurveResolver {
  @load
  @FieldResolver(() => LightCurveType, {
    nullable: true,
    description: "The star's light curve in one band, that of the most points where several catalogues have one; null where none has.",
    complexity: ({ args, childComplexity }) => 5 + args.maxPoints * childComplexity,
  })
  async lightCurve(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Arg("band", () => String, { defaultValue: "G", description: "as in G, BP or RP" }) band: string,
    @Args(() => LightCurveArgs) args: LightCurveArgs,
  ): Promise<LightCurveType | null> {
    const curves = await curvesOf(star, context, args, band);
    return curves.reduce<LightCurveType | null>((best, curve) => (best && best.points >= curve.points ? best : curve), null);
  }

  @load
  @FieldResolver(() => [LightCurveType], {
    description: "The star's light curves in all bands, by catalogue and band.",
    complexity: ({ args, childComplexity }) => 5 + 3 * args.maxPoints * childComplexity,
  })
  lightCurves(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Args(() => LightCurveArgs) args: LightCurveArgs,
  ): Promise<LightCurveType[]> {
    return curvesOf(star, context, args, null);
  }
}
