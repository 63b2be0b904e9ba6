import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import type { StarIdentity } from "../../catalogue/star";
import type { SurveyLabelsPart } from "../../catalogue/survey-label";
import type { Context } from "../context";
import type { StarLoaders } from "../loading/star-loaders";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { selectedLabelColumns } from "./survey-label-selection";
import { SurveyLabelsType } from "./survey-labels.type";

const loader = (loaders: StarLoaders, info: GraphQLResolveInfo) => loaders.surveyLabels(selectedLabelColumns(info));

const ofSurvey = (all: readonly SurveyLabelsPart[], { survey }: { readonly survey?: string | null }) =>
  survey == null ? all : all.filter((labels) => labels.survey === survey || labels.aliases?.includes(survey));

@Resolver(() => StarType)
export class SurveyLabelsResolver {
  @StarFieldNeeds({ reads: [], loader, answer: ofSurvey })
  @FieldResolver(() => [SurveyLabelsType], {
    description: "Labels from spectroscopic surveys, by survey.",
    complexity: ({ childComplexity }) => 2 + 5 * childComplexity,
  })
  async surveyLabels(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("survey", () => String, { nullable: true, description: "only this survey's, by its catalogue's name or alias: see `catalogues`" })
    survey: string | null,
  ): Promise<readonly SurveyLabelsPart[]> {
    return ofSurvey(await loader(context.loaders(star.release), info).load(star.sourceId), { survey });
  }
}
