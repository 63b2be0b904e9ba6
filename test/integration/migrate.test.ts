import type { Database } from "../../src/database/database";
import { migrate } from "../../src/database/migrate";
import { openTestDatabase } from "../support/database";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("a migrated database has nothing left to apply", async () => {
  expect(await migrate(database)).toEqual([]);
});

test("two processes that migrate at once do not disturb each other", async () => {
  await expect(Promise.all([migrate(database), migrate(database)])).resolves.toEqual([[], []]);
});

test("a database of a newer version is refused", async () => {
  const newer = "29990101000000_newer";
  await database.query("INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('newer', '', $1, now())", [
    newer,
  ]);
  await expect(migrate(database)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining(newer) });
  await database.query("DELETE FROM _prisma_migrations WHERE migration_name = $1", [newer]);
});

test("a migration that another tool left half done is told as such", async () => {
  await database.query("UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(migrate(database)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("not finished") });
  await database.query("UPDATE _prisma_migrations SET finished_at = now()");
});

test("a role that may only read finds a migrated database in order", async () => {
  await database.script(
    "DROP ROLE IF EXISTS asterism_test_reader; CREATE ROLE asterism_test_reader; GRANT SELECT ON _prisma_migrations TO asterism_test_reader",
  );
  const asReader: Database = {
    ...database,
    transaction: (work) =>
      database.transaction(async (queries) => {
        await queries.script("SET LOCAL ROLE asterism_test_reader");
        return work(queries);
      }),
  };
  expect(await migrate(asReader)).toEqual([]);
  await database.script("DROP OWNED BY asterism_test_reader; DROP ROLE asterism_test_reader");
});

test("a 64-bit source_id keeps every digit", async () => {
  const [row] = await database.query<{ id: bigint }>("SELECT $1::int8 AS id", [6917528997577384321n]);
  expect(row?.id).toBe(6917528997577384321n);
});

test("a failed transaction leaves nothing behind", async () => {
  const attempt = database.transaction(async (queries) => {
    await queries.query("INSERT INTO model (name, recipe) VALUES ('half', 'sos-mlp')");
    throw new Error("stop here");
  });
  await expect(attempt).rejects.toThrow("stop here");
  expect(await database.prisma.model.count()).toBe(0);
});
