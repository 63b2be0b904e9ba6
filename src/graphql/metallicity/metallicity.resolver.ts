import { Arg, Args, ArgsType, Ctx, Field, Float, Query, Resolver } from "type-graphql";
import { AppError } from "../../errors";
import type { Measured } from "../../science/measured";
import { EXTINCTION_ERROR } from "../../science/rr-lyrae/distance";
import type { Context } from "../context";
import { givenPoints, LightCurveInput } from "./light-curve.input";
import { MetallicityType } from "./metallicity.type";
import { metallicityModel } from "./metallicity-model";
import { predictMetallicity, type ToPredict } from "./predict-metallicity";
import { storedLightCurve } from "./stored-light-curve";

@ArgsType()
class MetallicityArgs {
  @Field(() => Float, {
    nullable: true,
    description: "[d]; when left out that of the stored star's `variability`, else it is searched for",
  })
  readonly period?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "NAME (its champion), NAME@alias or NAME@version; when left out the champion with the smallest error on its test stars",
  })
  readonly model?: string | null;

  @Field(() => Float, { nullable: true, description: "[mag] A_G on the line of sight: with it the answer has a distance" })
  readonly extinctionG?: number | null;

  @Field(() => Float, { nullable: true, description: "[mag] standard error of extinctionG; a tenth of it when left out" })
  readonly extinctionGError?: number | null;
}

/** [mag] More extinction would hide any RR Lyrae star from Gaia. */
const MAX_EXTINCTION = 30;

function extinctionOf({ extinctionG, extinctionGError }: MetallicityArgs): Measured | null {
  if (extinctionG == null) return null;
  const error = extinctionGError ?? EXTINCTION_ERROR * extinctionG;
  if (extinctionG >= 0 && extinctionG <= MAX_EXTINCTION && error >= 0 && error <= MAX_EXTINCTION) return { value: extinctionG, error };
  throw new AppError("BAD_INPUT", `\`extinctionG\` must be from 0 to ${MAX_EXTINCTION} mag, and its error too.`);
}

/** The light curve that the query gives or names, with the period to fold it with. */
async function toPredict(lightCurve: LightCurveInput, args: MetallicityArgs, context: Context): Promise<ToPredict> {
  const extinctionG = extinctionOf(args);
  const given = givenPoints(lightCurve);
  const stored = given ? null : await storedLightCurve(lightCurve, context);
  if (args.period != null) {
    const points = given ?? stored!.points;
    return { observed: { points, period: args.period, doubtful: false }, periodSource: "given", extinctionG };
  }
  const observed = stored ?? { points: given!, period: null, doubtful: false };
  return { observed, periodSource: observed.period === null ? "found" : "catalogue", extinctionG };
}

@Resolver()
export class MetallicityResolver {
  @Query(() => MetallicityType, {
    description: "The metallicity of an RR Lyrae star by its light curve in G: a stored one, or one that is given.",
    // Searching for a period takes about 50 ms, a second or two at worst.
    complexity: ({ childComplexity }) => 2000 + childComplexity,
  })
  async predictMetallicity(
    @Ctx() context: Context,
    @Arg("lightCurve", () => LightCurveInput) lightCurve: LightCurveInput,
    @Args(() => MetallicityArgs) args: MetallicityArgs,
  ): Promise<MetallicityType> {
    const version = await metallicityModel(context, args.model);
    return predictMetallicity(context, version, await toPredict(lightCurve, args, context));
  }
}
