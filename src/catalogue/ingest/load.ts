import type { Queries } from "../../database/database";
import type { Part } from "./encoded-rows";
import type { IngestPlan } from "./plan";
import { STAGING } from "./staging";

/** Thrown where rows cannot go straight into their table: the file is read again, through the staging table. */
export class NeedsStaging extends Error {}

/** PostgreSQL's code of a unique violation: another run wrote one of the keys meanwhile. */
const UNIQUE_VIOLATION = "23505";

/** Copies parts one after the other, each while the next is read and encoded. */
async function copyParts(
  queries: Queries,
  target: string,
  parts: AsyncIterable<Part>,
  check: (part: Part) => Promise<void>,
): Promise<void> {
  let copying = Promise.resolve();
  for await (const part of parts) {
    await copying;
    await check(part);
    copying = queries.copyIn(target, once(part.bytes));
    // Its failure is met at the next await; until then it must not count as unhandled.
    copying.catch(() => undefined);
  }
  await copying;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** Copies a file's parts into the staging table. @returns whether the keys rose all the way */
export async function loadStaging(queries: Queries, plan: IngestPlan, parts: AsyncIterable<Part>): Promise<{ rising: boolean }> {
  let rising = true;
  await copyParts(queries, `${STAGING} (row_number, ${plan.columns.map(({ name }) => name).join(", ")})`, parts, async (part) => {
    rising &&= part.rising;
  });
  return { rising };
}

/**
 * Copies a file's parts straight into their table: 1.6 times as fast as through staging (npm run bench:ingest).
 *
 * @throws NeedsStaging where keys do not rise, or the table has rows between a part's first and last key
 */
export async function loadDirectly(queries: Queries, plan: IngestPlan, parts: AsyncIterable<Part>): Promise<void> {
  const { table, scope } = plan.direct!;
  const inScope = Object.entries(scope).map(([name, value]) => `${name} = ${value}`);
  const occupied = `SELECT EXISTS (SELECT FROM ${table} WHERE ${inScope.join(" AND ")} AND ${plan.key} BETWEEN $1 AND $2) AS occupied`;
  const target = `${table} (${[...Object.keys(scope), ...plan.columns.map(({ name }) => name)].join(", ")})`;
  try {
    await copyParts(queries, target, parts, async ({ first, last, rising }) => {
      if (!rising) throw new NeedsStaging();
      const [found] = await queries.query<{ occupied: boolean }>(occupied, [first, last]);
      if (found?.occupied) throw new NeedsStaging();
    });
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new NeedsStaging();
    throw error;
  }
}
