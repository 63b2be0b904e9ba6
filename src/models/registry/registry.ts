import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { type Artifact, ArtifactStore, sha256 } from "./artifact-store";
import { checkDraft } from "./check-draft";
import type { Manifest, ManifestDraft } from "./manifest";
import { checkModelName, parseReference } from "./model-reference";
import type { Model, ModelEvent, ModelVersion } from "./registry-rows";
import * as rows from "./registry-rows";
import { requireModel, requireVersion } from "./require-version";

export type { Model, ModelEvent, ModelVersion };

/** The registered models, their versions, aliases and files. */
export class Registry {
  private readonly artifacts: ArtifactStore;

  /** @param dataDir folder that holds `models/` */
  constructor(
    private readonly database: Database,
    dataDir: string,
  ) {
    this.artifacts = new ArtifactStore(dataDir);
  }

  /**
   * Checks that a recipe may train a model of that name, before a training that may take long.
   *
   * @throws AppError BAD_INPUT if the name is invalid, CONFLICT if it belongs to another recipe's model
   */
  async checkName(name: string, recipe: string): Promise<void> {
    await rows.checkRecipe(this.database.prisma, checkModelName(name), recipe);
  }

  /**
   * Registers a new version of the model that the draft names. Its files are renamed into place inside the transaction
   * that inserts its row, so that a crash leaves at most an unregistered folder, which the next registration
   * replaces. The first version becomes the champion, a later one the challenger.
   *
   * @param onnx one ONNX file that answers as its outputs say: see `answeredTensors`
   * @throws AppError BAD_INPUT if the draft is incomplete
   */
  async register(draft: ManifestDraft, onnx: Uint8Array): Promise<ModelVersion> {
    const name = checkModelName(draft.model);
    checkDraft(draft);
    if (onnx.byteLength === 0) throw new AppError("BAD_INPUT", `The artifact of a new version of '${name}' is empty.`);
    return rows.inTransaction(this.database.prisma, async (transaction) => {
      await rows.ensureModel(transaction, name, draft.recipe);
      await rows.lockModel(transaction, name);
      const version = (await rows.latestVersion(transaction, name)) + 1;
      const manifest: Manifest = { format: 2, ...draft, version, createdAt: new Date().toISOString() };
      const json = `${JSON.stringify(manifest, null, 2)}\n`;
      const staged = await this.artifacts.stage(json, onnx, manifest);
      try {
        await rows.recordVersion(transaction, manifest, { sha256: sha256(onnx), manifestSha256: sha256(json), bytes: onnx.byteLength });
        await staged.publish();
      } catch (error) {
        await staged.discard();
        throw error;
      }
      return (await rows.findVersion(transaction, { name, target: version }))!;
    });
  }

  /**
   * @param reference NAME (its champion), NAME@alias or NAME@version
   * @throws AppError BAD_INPUT, NOT_FOUND (no such model or version) or MODEL_UNAVAILABLE (the alias points nowhere)
   */
  async resolve(reference: string): Promise<ModelVersion> {
    return requireVersion(this.database.prisma, parseReference(reference));
  }

  /** @throws AppError NOT_FOUND listing the existing models */
  async show(name: string): Promise<Model> {
    return requireModel(this.database.prisma, checkModelName(name));
  }

  /** @returns every model by name, its versions newest first */
  async list(): Promise<Model[]> {
    return rows.allModels(this.database.prisma);
  }

  /** @returns the champion of every model that has one */
  async champions(): Promise<ModelVersion[]> {
    const models = await this.list();
    return models.flatMap(({ versions }) => versions.filter(({ aliases }) => aliases.includes("champion")));
  }

  /** @returns the model's history, oldest first */
  async events(name: string): Promise<ModelEvent[]> {
    return rows.eventsOf(this.database.prisma, checkModelName(name));
  }

  /**
   * Reads a version's manifest and ONNX file, and checks both against their registered hashes.
   *
   * @throws AppError MODEL_UNAVAILABLE if a file is missing, ARTIFACT_TAMPERED if it was changed
   */
  async load(version: ModelVersion): Promise<Artifact> {
    return this.artifacts.read(version);
  }
}
