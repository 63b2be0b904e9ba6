import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { StarIdentity } from "../../catalogue/star";
import { MODEL } from "../../catalogue/star-filter-fields";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { PredictedLabelType, PredictionType } from "./prediction.type";
import { toComputed } from "./star-predictions";
import { StellarValuesInput, toValueRow } from "./stellar-values.input";

@Resolver(() => StarType)
export class PredictionResolver {
  @StarFieldNeeds({ reads: [] })
  @FieldResolver(() => PredictionType, {
    description: "What a model says of this star: stored by a backfill, or else computed now.",
    complexity: ({ childComplexity }) => 10 + 2 * childComplexity,
  })
  async prediction(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Arg("model", () => String, { description: MODEL }) model: string,
  ): Promise<PredictionType> {
    const version = await context.modelVersion(model);
    return context.loaders(star.release).prediction(version).load(star.sourceId);
  }

  @StarFieldNeeds({ reads: [] })
  @FieldResolver(() => [PredictedLabelType], {
    description: "Labels that backfills stored for this star; nothing is computed.",
    complexity: ({ childComplexity }) => 5 + 3 * childComplexity,
  })
  async predictedLabels(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Arg("model", () => String, { nullable: true, description: `${MODEL}; the champions of all models when left out` }) model:
      | string
      | null,
    @Arg("parameter", () => String, { nullable: true, description: "only this label, as in teff" }) parameter: string | null,
  ): Promise<PredictedLabelType[]> {
    const versions = model == null ? await context.champions() : [await context.modelVersion(model)];
    const loaders = context.loaders(star.release);
    const labels = (await Promise.all(versions.map((version) => loaders.storedLabels(version).load(star.sourceId)))).flat();
    return parameter == null ? labels : labels.filter((label) => label.parameter === parameter);
  }

  @Query(() => [PredictionType], {
    description: "What a model says of stars whose values are given, in their order; they need not be in the catalogue.",
    complexity: ({ args, childComplexity }) => 1 + args.inputs.length * (10 + childComplexity),
  })
  async predict(
    @Ctx() context: Context,
    @Arg("model", () => String, { description: MODEL }) model: string,
    @Arg("inputs", () => [StellarValuesInput], { description: "one a star" }) inputs: StellarValuesInput[],
  ): Promise<PredictionType[]> {
    checkCount("inputs", inputs.length, 0, context.maxPageSize);
    const version = await context.modelVersion(model);
    const columns = context.predictor.columns(version);
    const answers = await context.predictor.predict(
      version,
      inputs.map((given) => toValueRow(given, columns)),
    );
    return answers.map((answer) => toComputed(version, answer));
  }
}
