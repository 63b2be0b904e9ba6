import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { AppError } from "../../errors";
import type { Manifest } from "../../models/registry/manifest";
import { classesOf, quantitiesOf, vectorsOf } from "../../models/registry/output";
import type { Model, ModelEvent, ModelVersion } from "../../models/registry/registry";
import type { Context } from "../context";
import { Json } from "../scalars/json";
import {
  ModelEventType,
  ModelInputType,
  ModelLabelType,
  ModelMetricType,
  ModelType,
  ModelVersionType,
  toManifestDocument,
  toModelInputs,
  toModelLabel,
} from "./model.type";
import { ModelClassesType, ModelVectorType } from "./model-outputs.type";

@Resolver(() => ModelType)
export class ModelResolver {
  @Query(() => [ModelType], { description: "Every model, by name.", complexity: ({ childComplexity }) => 5 + 10 * childComplexity })
  models(@Ctx() { registry }: Context): Promise<Model[]> {
    return registry.list();
  }

  @Query(() => ModelType, { nullable: true, description: "One model, null if there is none of that name." })
  async model(@Ctx() { registry }: Context, @Arg("name", () => String) name: string): Promise<Model | null> {
    try {
      return await registry.show(name);
    } catch (error) {
      if (error instanceof AppError && error.code === "NOT_FOUND") return null;
      throw error;
    }
  }

  @Query(() => ModelVersionType, { description: "One version, by NAME (its champion), NAME@alias or NAME@version." })
  modelVersion(@Ctx() context: Context, @Arg("reference", () => String) reference: string): Promise<ModelVersion> {
    return context.modelVersion(reference);
  }

  @FieldResolver(() => [ModelEventType], {
    description: "Registrations and moves of aliases, oldest first.",
    complexity: ({ childComplexity }) => 5 + 20 * childComplexity,
  })
  events(@Root() model: Model, @Ctx() { registry }: Context): Promise<ModelEvent[]> {
    return registry.events(model.name);
  }
}

@Resolver(() => ModelVersionType)
export class ModelVersionResolver {
  @FieldResolver(() => [ModelLabelType], { description: "the labels it predicts, and how well" })
  labels(@Root() { manifest }: ModelVersion): ModelLabelType[] {
    return quantitiesOf(manifest).map(toModelLabel);
  }

  @FieldResolver(() => [ModelClassesType], { description: "the classifications it makes, and how well" })
  classes(@Root() { manifest }: ModelVersion): ModelClassesType[] {
    return classesOf(manifest);
  }

  @FieldResolver(() => [ModelVectorType], { description: "the vectors it gives" })
  vectors(@Root() { manifest }: ModelVersion): ModelVectorType[] {
    return vectorsOf(manifest);
  }

  @FieldResolver(() => String, { description: "what it looks at: values, light-curve, fourier-parameters" })
  modality(@Root() { manifest }: ModelVersion): string {
    return manifest.modality;
  }

  @FieldResolver(() => [ModelInputType], { description: "what it predicts from" })
  inputs(@Root() { manifest }: ModelVersion): ModelInputType[] {
    return toModelInputs(manifest);
  }

  @FieldResolver(() => ModelMetricType, { description: "the metric that compares versions" })
  metric(@Root() { manifest }: ModelVersion): Manifest["metric"] {
    return manifest.metric;
  }

  @FieldResolver(() => Json, {
    description: "everything kept of the training: features, normalisation, limits, settings, seed, data, libraries, metrics",
  })
  manifest(@Root() { manifest }: ModelVersion): object {
    return toManifestDocument(manifest);
  }
}
