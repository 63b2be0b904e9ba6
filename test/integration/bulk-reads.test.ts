import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const REASON = new Error("nobody waits for it any more");

test("a long read answers rows as arrays, or as COPY writes them", async () => {
  const sql = "SELECT 9007199254740993::int8, 0.1::float4, NULL, true, 'a,b'";
  expect(await database.bulkRows(sql)).toEqual([[9007199254740993n, 0.1, null, true, "a,b"]]);
  expect((await database.bulkCopy(sql, "csv")).toString()).toBe('9007199254740993,0.1,,t,"a,b"\n');
  expect((await database.bulkCopy(sql, "text")).toString()).toBe("9007199254740993\t0.1\t\\N\tt\ta,b\n");
  expect((await database.bulkCopy(sql, "binary")).subarray(0, 11)).toEqual(Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"));
  expect((await database.bulkCopy("SELECT 1 WHERE false", "csv")).length).toBe(0);
});

test("what nobody waits for any more is not begun, and a fault of the statement leaves the database usable", async () => {
  await expect(database.bulkRows("SELECT 1", AbortSignal.abort(REASON))).rejects.toBe(REASON);
  await expect(database.bulkCopy("SELECT 1", "csv", AbortSignal.abort(REASON))).rejects.toBe(REASON);
  await expect(database.bulkRows("SELECT 1 / 0")).rejects.toThrow("division by zero");
  expect(await database.bulkRows("SELECT 1")).toEqual([[1]]);
});

/** The embedded engine runs one statement at a time and cannot be interrupted. */
const onServer = process.env.ASTERISM_TEST_DATABASE_URL ? test : test.skip;

const READS = {
  bulkRows: (sql: string, signal: AbortSignal) => database.bulkRows(sql, signal),
  bulkCopy: (sql: string, signal: AbortSignal) => database.bulkCopy(sql, "csv", signal),
};

onServer.each(["bulkRows", "bulkCopy"] as const)("aborting cancels the statement that %s has under way on the server", async (read) => {
  const marker = `never ends for ${read}`;
  const stop = new AbortController();
  const reading = READS[read](`SELECT pg_sleep(600), '${marker}'`, stop.signal);
  const refused = expect(reading).rejects.toBe(REASON);
  const active = async () =>
    (
      await database.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()",
        [`%${marker}%`],
      )
    ).length;
  while ((await active()) === 0);
  stop.abort(REASON);
  await refused;
  expect(await active()).toBe(0);
});
