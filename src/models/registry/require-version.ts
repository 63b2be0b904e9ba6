import { AppError } from "../../errors";
import type { ModelReference } from "./model-reference";
import { allModels, findVersion, type Model, type ModelVersion, type Rows } from "./registry-rows";

/** @throws AppError NOT_FOUND listing the existing models */
export async function requireModel(transaction: Rows, name: string): Promise<Model> {
  const models = await allModels(transaction);
  const model = models.find((one) => one.name === name);
  if (model) return model;
  const known = models.length ? `There are: ${models.map((one) => one.name).join(", ")}.` : "None is registered yet.";
  throw new AppError("NOT_FOUND", `There is no model '${name}'. ${known} \`asterism train\` makes one.`);
}

/** @throws AppError NOT_FOUND (no such model or version) or MODEL_UNAVAILABLE (no version carries the alias) */
export async function requireVersion(transaction: Rows, { name, target }: ModelReference): Promise<ModelVersion> {
  const version = await findVersion(transaction, { name, target });
  if (version) return version;
  await requireModel(transaction, name);
  const see = `See \`asterism models show ${name}\`.`;
  if (typeof target === "number") throw new AppError("NOT_FOUND", `Model '${name}' has no version ${target}. ${see}`);
  throw new AppError("MODEL_UNAVAILABLE", `No version of '${name}' carries the alias '${target}'. ${see}`);
}
