import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { parseReference } from "./model-reference";
import type { ModelVersion } from "./registry-rows";
import * as rows from "./registry-rows";
import { requireVersion } from "./require-version";

/**
 * Retires a version: no alias points to it again. Its files and predictions stay, and NAME@version still finds it.
 *
 * @param reference NAME@version or NAME@alias
 * @param reason recorded with the event
 * @throws AppError CONFLICT if it is the champion, or retired already
 */
export async function retire({ prisma }: Database, reference: string, reason: string): Promise<ModelVersion> {
  const parsed = parseReference(reference);
  return rows.inTransaction(prisma, async (transaction) => {
    await rows.lockModel(transaction, parsed.name);
    const version = await requireVersion(transaction, parsed);
    const name = `${version.model}@${version.version}`;
    if (version.retiredAt) throw new AppError("CONFLICT", `${name} is retired already, since ${version.retiredAt.toISOString()}.`);
    if (version.aliases.includes("champion"))
      throw new AppError("CONFLICT", `${name} is the champion, which answers for the model. Promote another version first.`);
    await rows.retireVersion(transaction, version.id);
    await rows.logEvent(transaction, version.model, {
      kind: "retired",
      alias: null,
      fromVersion: null,
      toVersion: version.version,
      reason,
    });
    return requireVersion(transaction, { name: version.model, target: version.version });
  });
}
