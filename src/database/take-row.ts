import type { Parameter, Queries } from "./database";

/**
 * Locks one row of a list of work for this transaction. Where others have all that are left it waits for them, so that
 * work whose process is killed is still done by one that lives.
 *
 * @param select SQL of the rows in order, without LIMIT
 * @returns null if none is left
 */
export async function takeRow<Row extends object>(queries: Queries, select: string, parameters: readonly Parameter[]): Promise<Row | null> {
  const take = async (others: "SKIP LOCKED" | "") =>
    (await queries.query<Row & Record<string, unknown>>(`${select} LIMIT 1 FOR UPDATE ${others}`, parameters))[0] ?? null;
  return (await take("SKIP LOCKED")) ?? (await take(""));
}
