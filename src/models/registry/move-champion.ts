import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { checkModelName, type ModelReference, parseReference } from "./model-reference";
import { type ChampionMove, figuresApart, previousChampion, promotionRefusal } from "./promotion";
import type { ModelVersion, Rows } from "./registry-rows";
import * as rows from "./registry-rows";
import { requireVersion } from "./require-version";

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

async function holes(transaction: Rows, champion: ModelVersion, candidate: ModelVersion, count: CountHoles): Promise<string | null> {
  const stars = await count(transaction, champion.id, candidate.id);
  if (stars === 0) return null;
  const { model, version } = candidate;
  const lacking = `${stars} stars have a prediction of ${model}@${champion.version} and none of ${model}@${version} yet`;
  return `${lacking}: readers would see holes. Run \`asterism backfill ${model}@${version}\` first.`;
}

/** A version that was rolled back may become champion again, unless another is the challenger by now. */
async function makeChallenger(transaction: Rows, { id, model }: ModelVersion): Promise<void> {
  const challenger = await rows.findVersion(transaction, { name: model, target: "challenger" });
  if (challenger === null) await rows.moveAlias(transaction, model, "challenger", id);
}

/** @throws AppError CONFLICT: no alias points to a retired version again */
function checkInUse({ model, version, retiredAt }: ModelVersion): void {
  if (retiredAt) throw new AppError("CONFLICT", `${model}@${version} is retired since ${retiredAt.toISOString()}. Name another version.`);
}

/** One transaction under the model's row lock, so that what `decide` saw is still true when the alias moves. */
async function moveChampion(
  { prisma }: Database,
  reference: ModelReference,
  decide: (transaction: Rows, champion: ModelVersion | null, candidate: ModelVersion) => Promise<Decision>,
): Promise<Move> {
  const { name } = reference;
  return rows.inTransaction(prisma, async (transaction) => {
    await rows.lockModel(transaction, name);
    const candidate = await requireVersion(transaction, reference);
    const champion = await rows.findVersion(transaction, { name, target: "champion" });
    const { to, kind, reason } = await decide(transaction, champion, candidate);
    checkInUse(to);
    if (to.id === champion?.id) throw new AppError("CONFLICT", `${name}@${to.version} is the champion already.`);
    await rows.moveAlias(transaction, name, "champion", to.id);
    await rows.dropAlias(transaction, "challenger", to.id);
    if (kind === "rolled-back" && champion) await makeChallenger(transaction, champion);
    const from = champion?.version ?? null;
    await rows.logEvent(transaction, name, { kind, alias: "champion", fromVersion: from, toVersion: to.version, reason });
    return { model: name, from, to: to.version, reason };
  });
}

/** Reads a version's files and checks their hashes: a version that cannot answer does not become champion. */
export type CheckArtifact = (candidate: ModelVersion) => Promise<unknown>;

/**
 * Moves the champion alias if the promotion rule allows it, it leaves no holes and the artifact is whole.
 *
 * @param reference NAME (here its challenger), NAME@alias or NAME@version
 * @throws AppError CONFLICT with the reason for refusing; any error of `checkArtifact`
 */
export async function promote(database: Database, reference: string, countHoles: CountHoles, checkArtifact: CheckArtifact): Promise<Move> {
  return moveChampion(database, parseReference(reference, "challenger"), async (transaction, champion, candidate) => {
    await checkArtifact(candidate);
    const refusal =
      champion && (promotionRefusal(champion.manifest, candidate.manifest) ?? (await holes(transaction, champion, candidate, countHoles)));
    if (refusal) throw new AppError("CONFLICT", `${refusal} To promote it all the same: --force --reason "...".`);
    const metrics = [candidate, ...(champion ? [champion] : [])].map(({ manifest }) => manifest.metric);
    const figures = figuresApart(...metrics.map(({ value }) => value));
    return { to: candidate, kind: "promoted", reason: `${candidate.manifest.metric.name} ${figures.join(" against ")}` };
  });
}

/** Moves the champion alias regardless of the rule. @param reason recorded with the event */
export async function forcePromotion(database: Database, reference: string, reason: string, checkArtifact: CheckArtifact): Promise<Move> {
  if (!reason.trim()) throw new AppError("BAD_INPUT", 'A forced promotion is recorded with its reason: --reason "...".');
  return moveChampion(database, parseReference(reference, "challenger"), async (_transaction, _champion, to) => {
    await checkArtifact(to);
    return { to, kind: "forced", reason };
  });
}

/**
 * Returns the alias to the previous champion.
 *
 * @throws AppError CONFLICT if there was none
 */
export async function rollback(database: Database, name: string, reason: string): Promise<Move> {
  return moveChampion(database, { name: checkModelName(name), target: "champion" }, async (transaction) => {
    const events = await rows.eventsOf(transaction, name);
    const moves = events.flatMap(({ kind, alias, toVersion }) =>
      alias === "champion" && kind !== "retired" ? [{ kind, to: toVersion }] : [],
    );
    const previous = previousChampion(moves);
    if (previous === null) throw new AppError("CONFLICT", `The champion of '${name}' is its first: there is none to go back to.`);
    return { to: await requireVersion(transaction, { name, target: previous }), kind: "rolled-back", reason };
  });
}
