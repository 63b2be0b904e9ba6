import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { type Artifact, ArtifactStore, sha256 } from "./artifact-store";
import { checkDraft, type Manifest, type ManifestDraft } from "./manifest";
import { checkModelName, type ModelReference, parseReference } from "./model-reference";
import { type ChampionMove, figuresApart, previousChampion, promotionRefusal } from "./promotion";
import type { Model, ModelEvent, ModelVersion, Rows } from "./registry-rows";
import * as rows from "./registry-rows";

export type { Model, ModelEvent, ModelVersion };

/**
 * Counts the stars that have a stored prediction of the champion but none of the candidate: promoting the candidate would
 * make holes there. Called inside the transaction that moves the alias.
 */
export type CountHoles = (transaction: Rows, championId: number, candidateId: number) => Promise<number>;

/** A completed move of the champion alias. */
export interface Move {
  readonly model: string;
  readonly from: number | null;
  readonly to: number;
  readonly reason: string;
}

interface Decision {
  readonly to: ModelVersion;
  readonly kind: ChampionMove["kind"];
  readonly reason: string;
}

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
   * @param onnx one ONNX file: `inputs` [N, F] to `value` and `error`, [N, L] each
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
      const manifest: Manifest = { format: 1, ...draft, version, createdAt: new Date().toISOString() };
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
    return this.resolveWith(this.database.prisma, parseReference(reference));
  }

  private async resolveWith(transaction: Rows, { name, target }: ModelReference): Promise<ModelVersion> {
    const version = await rows.findVersion(transaction, { name, target });
    if (version) return version;
    await this.showWith(transaction, name);
    const see = `See \`asterism models show ${name}\`.`;
    if (typeof target === "number") throw new AppError("NOT_FOUND", `Model '${name}' has no version ${target}. ${see}`);
    throw new AppError("MODEL_UNAVAILABLE", `No version of '${name}' carries the alias '${target}'. ${see}`);
  }

  /** @throws AppError NOT_FOUND listing the existing models */
  async show(name: string): Promise<Model> {
    return this.showWith(this.database.prisma, checkModelName(name));
  }

  private async showWith(transaction: Rows, name: string): Promise<Model> {
    const models = await rows.allModels(transaction);
    const model = models.find((one) => one.name === name);
    if (model) return model;
    const known = models.length ? `There are: ${models.map((one) => one.name).join(", ")}.` : "None is registered yet.";
    throw new AppError("NOT_FOUND", `There is no model '${name}'. ${known} \`asterism train\` makes one.`);
  }

  /** @returns every model by name, its versions newest first */
  async list(): Promise<Model[]> {
    return rows.allModels(this.database.prisma);
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

  /**
   * Moves the champion alias if the promotion rule allows it and it leaves no holes.
   *
   * @param reference NAME (here its challenger), NAME@alias or NAME@version
   * @throws AppError CONFLICT with the reason for refusing
   */
  async promote(reference: string, countHoles: CountHoles): Promise<Move> {
    return this.moveChampion(parseReference(reference, "challenger"), async (transaction, champion, candidate) => {
      const refusal =
        champion &&
        (promotionRefusal(champion.manifest, candidate.manifest) ?? (await holes(transaction, champion, candidate, countHoles)));
      if (refusal) throw new AppError("CONFLICT", `${refusal} To promote it all the same: --force --reason "...".`);
      const metrics = [candidate, ...(champion ? [champion] : [])].map(({ manifest }) => manifest.metric);
      const figures = figuresApart(...metrics.map(({ value }) => value));
      return { to: candidate, kind: "promoted", reason: `${candidate.manifest.metric.name} ${figures.join(" against ")}` };
    });
  }

  /** Moves the champion alias regardless of the rule. @param reason recorded with the event */
  async force(reference: string, reason: string): Promise<Move> {
    if (!reason.trim()) throw new AppError("BAD_INPUT", 'A forced promotion is kept with its reason: --reason "...".');
    return this.moveChampion(parseReference(reference, "challenger"), async (_transaction, _champion, to) => ({
      to,
      kind: "forced",
      reason,
    }));
  }

  /**
   * Returns the alias to the previous champion.
   *
   * @throws AppError CONFLICT if there was none
   */
  async rollback(name: string, reason: string): Promise<Move> {
    return this.moveChampion({ name: checkModelName(name), target: "champion" }, async (transaction) => {
      const moves = (await rows.eventsOf(transaction, name)).filter((event) => event.alias === "champion");
      const previous = previousChampion(moves.map(({ kind, toVersion }) => ({ kind, to: toVersion })));
      if (previous === null) throw new AppError("CONFLICT", `The champion of '${name}' is its first: there is none to go back to.`);
      return { to: await this.resolveWith(transaction, { name, target: previous }), kind: "rolled-back", reason };
    });
  }

  /** One transaction under the model's row lock, so that what `decide` saw is still true when the alias moves. */
  private async moveChampion(
    reference: ModelReference,
    decide: (transaction: Rows, champion: ModelVersion | null, candidate: ModelVersion) => Promise<Decision>,
  ): Promise<Move> {
    const { name } = reference;
    return rows.inTransaction(this.database.prisma, async (transaction) => {
      await rows.lockModel(transaction, name);
      const candidate = await this.resolveWith(transaction, reference);
      const champion = await rows.findVersion(transaction, { name, target: "champion" });
      const { to, kind, reason } = await decide(transaction, champion, candidate);
      if (to.id === champion?.id) throw new AppError("CONFLICT", `${name}@${to.version} is the champion already.`);
      await rows.moveAlias(transaction, name, "champion", to.id);
      await rows.dropAlias(transaction, "challenger", to.id);
      const from = champion?.version ?? null;
      await rows.logEvent(transaction, name, { kind, alias: "champion", fromVersion: from, toVersion: to.version, reason });
      return { model: name, from, to: to.version, reason };
    });
  }
}

async function holes(transaction: Rows, champion: ModelVersion, candidate: ModelVersion, count: CountHoles): Promise<string | null> {
  const stars = await count(transaction, champion.id, candidate.id);
  const { model, version } = candidate;
  return stars === 0
    ? null
    : `${stars} stars have a prediction of ${model}@${champion.version} and none of ${model}@${version} yet: readers would see holes. Run \`asterism backfill ${model}@${version}\` first.`;
}
