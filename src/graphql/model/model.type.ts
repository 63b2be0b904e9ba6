import { Field, Float, GraphQLISODateTime, Int, ObjectType, registerEnumType } from "type-graphql";
import type { ErrorStatistics } from "../../models/registry/error-statistics";
import type { Manifest } from "../../models/registry/manifest";
import type { Metric, QuantityOutput } from "../../models/registry/output";

export enum ModelAlias {
  CHAMPION = "champion",
  CHALLENGER = "challenger",
}
registerEnumType(ModelAlias, {
  name: "ModelAlias",
  description: "What points to a version: the champion answers for the model, the challenger may become it.",
});

@ObjectType("ErrorStatistics", { description: "Statistics of predicted - reference, in the label's unit." })
class ErrorStatisticsType implements ErrorStatistics {
  @Field(() => Int, { description: "[star] compared" })
  readonly stars!: number;

  @Field(() => Float, { nullable: true, description: "mean of predicted - reference" })
  readonly mean!: number;

  @Field(() => Float, { nullable: true, description: "median of predicted - reference" })
  readonly median!: number;

  @Field(() => Float, { nullable: true, description: "standard deviation of predicted - reference" })
  readonly sigma!: number;

  @Field(() => Float, { nullable: true, description: "mean absolute deviation from the reference" })
  readonly meanAbsoluteDeviation!: number;

  @Field(() => Float, { nullable: true, description: "median absolute deviation from the reference" })
  readonly medianAbsoluteDeviation!: number;

  @Field(() => Float, { nullable: true, description: "root mean square of predicted - reference" })
  readonly rmse!: number;
}

@ObjectType("Limits", { description: "Smallest and largest value among the training stars." })
export class LimitsType {
  @Field(() => Float, { nullable: true, description: "in the unit of the input or label" })
  readonly min!: number;

  @Field(() => Float, { nullable: true, description: "in the unit of the input or label" })
  readonly max!: number;
}

@ObjectType("ModelLabel", { description: "A label that a version predicts, and how well on stars that training never saw." })
export class ModelLabelType {
  @Field(() => String, { description: "teff, logg, feh, mh, alphaM, ..." })
  readonly name!: string;

  @Field(() => String, { description: "K, dex, ..." })
  readonly unit!: string;

  @Field(() => String, { description: "what the training table calls it" })
  readonly column!: string;

  @Field(() => LimitsType, { description: "a prediction beyond them is flagged as extrapolated" })
  readonly limits!: LimitsType;

  @Field(() => ErrorStatisticsType, { description: "on the test stars" })
  readonly test!: ErrorStatistics;

  @Field(() => ErrorStatisticsType, { description: "of the estimate to beat, on the same stars" })
  readonly before!: ErrorStatistics;

  @Field(() => Float, { nullable: true, description: "fraction of the test stars within one stated uncertainty; 0.68 is right" })
  readonly coverage!: number;

  @Field(() => Float, { nullable: true, description: "fraction of the test stars within two stated uncertainties; 0.95 is right" })
  readonly coverageTwo!: number | null;
}

@ObjectType("ModelInput", { description: "One input of a version, after features were computed." })
export class ModelInputType {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { description: "mag, pc, K, dex, or - for a pure number" })
  readonly unit!: string;

  @Field(() => String)
  readonly description!: string;

  @Field(() => LimitsType, { description: "a star beyond them is flagged" })
  readonly limits!: LimitsType;
}

export enum MetricDirection {
  LOWER = "lower",
  HIGHER = "higher",
}
registerEnumType(MetricDirection, { name: "MetricDirection", description: "Which of two values of a metric is the better one." });

@ObjectType("ModelMetric", { description: "The metric that compares versions of a model." })
export class ModelMetricType {
  @Field(() => String, { description: "as rmse-ratio: the mean over labels of test RMSE / RMSE of the estimate to beat" })
  readonly name!: string;

  @Field(() => Float, { nullable: true, description: "[-]" })
  readonly value!: number;

  @Field(() => MetricDirection)
  readonly better!: Metric["better"];
}

@ObjectType("ModelVersion", { description: "An immutable trained model: one ONNX file and its manifest." })
export class ModelVersionType {
  @Field(() => String, { description: "name of the model" })
  readonly model!: string;

  @Field(() => Int, { description: "number of the version: 1, 2, 3, ..." })
  readonly version!: number;

  @Field(() => [ModelAlias], { description: "what points to it" })
  readonly aliases!: readonly `${ModelAlias}`[];

  @Field(() => Boolean, { description: "trained on a synthetic sky: no measure of accuracy on real stars" })
  readonly synthetic!: boolean;

  @Field(() => GraphQLISODateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "since when no alias points to it again; null of one in use" })
  readonly retiredAt!: Date | null;

  @Field(() => String, { description: "sha256 of the ONNX file" })
  readonly sha256!: string;

  @Field(() => Int, { description: "[byte] size of the ONNX file" })
  readonly bytes!: number;
}

@ObjectType("ModelEvent", { description: "A registration or a move of an alias, kept for ever." })
export class ModelEventType {
  @Field(() => GraphQLISODateTime)
  readonly at!: Date;

  @Field(() => String, { description: "registered, promoted, forced, rolled-back or retired" })
  readonly kind!: string;

  @Field(() => ModelAlias, { nullable: true })
  readonly alias!: `${ModelAlias}` | null;

  @Field(() => Int, { nullable: true, description: "number of the version that carried the alias before" })
  readonly fromVersion!: number | null;

  @Field(() => Int, { nullable: true, description: "number of the version that carried the alias afterwards" })
  readonly toVersion!: number | null;

  @Field(() => String, { description: "why" })
  readonly reason!: string;
}

@ObjectType("Model", { description: "What a recipe trains, in versions." })
export class ModelType {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String, { description: "the recipe that trains it" })
  readonly recipe!: string;

  @Field(() => GraphQLISODateTime)
  readonly createdAt!: Date;

  @Field(() => [ModelVersionType], { description: "newest first" })
  readonly versions!: readonly ModelVersionType[];
}

const limits = ([min, max]: readonly [number, number]) => ({ min, max });

/** A manifest's label as the API presents it. */
export const toModelLabel = ({ coverage: { one, two }, ...label }: QuantityOutput): ModelLabelType => ({
  ...label,
  limits: limits(label.limits),
  coverage: one,
  coverageTwo: two,
});

/** A manifest's inputs as the API presents them. */
export function toModelInputs(manifest: Manifest): ModelInputType[] {
  return manifest.featureSet.inputs.map((input, index) => ({
    ...input,
    limits: limits(manifest.limits[index] ?? [Number.NaN, Number.NaN]),
  }));
}

/** A manifest as the API presents it: without the path of its data, which would reveal details of the training machine. */
export function toManifestDocument({ data: { path: _, ...data }, ...manifest }: Manifest): object {
  return { ...manifest, data };
}
