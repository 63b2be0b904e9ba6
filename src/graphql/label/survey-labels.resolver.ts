import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { StarIdentity } from "../../catalogue/star";
import type { SurveyLabels } from "../../catalogue/survey-label";
import type { Context } from "../context";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { SurveyLabelsType } from "./survey-labels.type";

@Resolver(() => StarType)
export class SurveyLabelsResolver {
  @StarFieldNeeds({ reads: [], load: (loaders, sourceId) => loaders.surveyLabels.load(sourceId) })
  @FieldResolver(() => [SurveyLabelsType], {
    description: "Labels from spectroscopic surveys, by survey.",
    complexity: ({ childComplexity }) => 2 + 5 * childComplexity,
  })
  async surveyLabels(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Arg("survey", () => String, { nullable: true, description: "only this survey's: see `catalogues`" }) survey: string | null,
  ): Promise<readonly SurveyLabels[]> {
    const all = await context.loaders(star.release).surveyLabels.load(star.sourceId);
    return survey == null ? all : all.filter((labels) => labels.survey === survey);
  }
}
