import { Field, Float, Int, ObjectType } from "type-graphql";
import type { ClassesOutput, ClassificationStatistics, VectorOutput } from "../../models/registry/output";

@ObjectType("ClassificationStatistics", { description: "How well classes are told apart." })
class ClassificationStatisticsType implements ClassificationStatistics {
  @Field(() => Int, { description: "[star] compared" })
  readonly stars!: number;

  @Field(() => Float, { nullable: true, description: "share of stars whose most probable class is the right one" })
  readonly accuracy!: number;

  @Field(() => Float, { nullable: true, description: "F1 score averaged over the classes, each counting the same" })
  readonly macroF1!: number;

  @Field(() => Float, { nullable: true, description: "mean negative natural logarithm of the probability of the right class" })
  readonly logLoss!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "Brier score: mean sum of squares of (probability - whether it is that class), 0 to 2; null of versions registered before it was computed",
  })
  readonly brier?: number;

  @Field(() => Float, { nullable: true, description: "mean |share right - probability| over ten bins of the highest probability" })
  readonly calibrationError!: number;

  @Field(() => [[Int]], { description: "[star] by true class (row) and most probable class (column)" })
  readonly confusion!: readonly (readonly number[])[];
}

@ObjectType("ModelClasses", { description: "A classification that a version makes, and how well on stars that training never saw." })
export class ModelClassesType implements Omit<ClassesOutput, "kind"> {
  @Field(() => String, { description: "as in variableType" })
  readonly name!: string;

  @Field(() => String, { description: "what the training table calls it" })
  readonly column!: string;

  @Field(() => [String], { description: "in the order of the probabilities" })
  readonly classes!: readonly string[];

  @Field(() => ClassificationStatisticsType, { description: "on the test stars" })
  readonly test!: ClassificationStatistics;

  @Field(() => ClassificationStatisticsType, { description: "of the estimate to beat, on the same stars" })
  readonly before!: ClassificationStatistics;
}

@ObjectType("ModelVector", { description: "A vector that a version gives to each star: near means alike." })
export class ModelVectorType implements Omit<VectorOutput, "kind"> {
  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: "[-] numbers of the vector" })
  readonly length!: number;

  @Field(() => String)
  readonly description!: string;
}
