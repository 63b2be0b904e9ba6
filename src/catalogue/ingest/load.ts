import type { Queries } from "../../database/database";
import type { Part } from "./encoded-rows";
import { lockScope } from "./merge";
import type { IngestPlan } from "./plan";
import { STAGING } from "./staging";

/** Thrown where rows cannot go straight into their table: the file is read again, through the staging table. */
export class NeedsStaging extends Error {}

/** PostgreSQL's codes of a unique violation and a deadlock: a key came twice, or another run writes the same ones. */
const MET_ANOTHER: ReadonlySet<string> = new Set(["23505", "40P01"]);

/**
 * Copies parts one after the other, each while the next is read and encoded.
 *
 * @param check is awaited before a part is copied
 */
export async function copyParts<P extends Pick<Part, "bytes">>(
  queries: Queries,
  target: string,
  parts: AsyncIterable<P>,
  check: (part: P) => Promise<void> = async () => undefined,
  options?: string,
): Promise<void> {
  let copying = Promise.resolve();
  for await (const part of parts) {
    await copying;
    await check(part);
    copying = queries.copyIn(target, [part.bytes], options);
    // Its failure is met at the next await; until then it must not count as unhandled.
    copying.catch(() => undefined);
  }
  await copying;
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
 * Copies a file's parts straight into their table, which spares writing every row twice.
 *
 * @throws NeedsStaging where a key may be there already, or come twice: the table has rows of the scope, and keys do
 *   not rise or it has one between a part's first and last key; or the unique index says so
 */
export async function loadDirectly(queries: Queries, plan: IngestPlan, parts: AsyncIterable<Part>): Promise<void> {
  const { table, scope } = plan.direct!;
  const inScope = Object.entries(scope).map(([name, value]) => `${name} = ${value}`);
  const exists = async (condition: string, keys: readonly (bigint | string)[]): Promise<boolean> => {
    const [found] = await queries.query<{ found: boolean }>(`SELECT EXISTS (SELECT FROM ${table} WHERE ${condition}) AS found`, keys);
    return found?.found ?? true;
  };
  await lockScope(queries, plan.direct!, "shared");
  const wasEmpty = !(await exists(inScope.join(" AND "), []));
  const between = [...inScope, `${plan.key} BETWEEN $1 AND $2`].join(" AND ");
  const target = `${table} (${[...Object.keys(scope), ...plan.columns.map(({ name }) => name)].join(", ")})`;
  try {
    await copyParts(queries, target, parts, async ({ first, last, rising }) => {
      if (!wasEmpty && (!rising || (await exists(between, [first, last])))) throw new NeedsStaging();
    });
  } catch (error) {
    if (MET_ANOTHER.has((error as { code?: string }).code ?? "")) throw new NeedsStaging();
    throw error;
  }
}
