import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { AppError } from "../../errors";
import type { Manifest } from "../../models/registry/manifest";
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
  @FieldResolver(() => [ModelLabelType], { description: "what it predicts, and how well" })
  labels(@Root() { manifest }: ModelVersion): ModelLabelType[] {
    return manifest.labels.map(toModelLabel);
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
