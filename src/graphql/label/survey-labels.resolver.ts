import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Star } from "../../catalogue/star";
import type { SurveyLabels } from "../../catalogue/survey-label";
import type { Context } from "../context";
import { StarType } from "../star/star.type";
import { SurveyLabelsType } from "./survey-labels.type";

@Resolver(() => StarType)
export class SurveyLabelsResolver {
  @FieldResolver(() => [SurveyLabelsType], {
    description: "Labels from spectroscopic surveys, by survey.",
    complexity: ({ childComplexity }) => 2 + 5 * childComplexity,
  })
  async surveyLabels(
    @Root() star: Star,
    @Ctx() context: Context,
    @Arg("survey", () => String, { nullable: true, description: "only this survey's: see `catalogues`" }) survey: string | null,
  ): Promise<SurveyLabels[]> {
    const all = await context.loaders(star.release).surveyLabels.load(star.sourceId);
    return survey == null ? all : all.filter((labels) => labels.survey === survey);
  }
}
