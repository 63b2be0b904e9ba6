import { tableFromIPC } from "apache-arrow";
import { parseDocument } from "yaml";
import { VERSION } from "../../src/config";
import type { TableFormatName } from "../../src/formats/table-formats";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices, type TestServices } from "../support/api-services";
import { insertNamedStars } from "../support/named-stars";
import { insertStars } from "../support/stars";
import { registerMixed, storeMixed } from "../support/stored-kinds";
import { temporaryFolder } from "../support/table-files";
import { ASTROPY_PYTHON, runBeside, testWithAstropy } from "../support/vo-clients";

const folder = temporaryFolder();
const SHA256 = "ab".repeat(32);
let services: TestServices;
let app: App;
let url: string;

beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  await insertStars(services.database, 8, 1000);
  await storeMixed(services.database, await registerMixed(services.registry));
  await services.database.script(`INSERT INTO ingest_record (kind, catalogue, source, sha256, status, started_at, finished_at, read, inserted) VALUES
    ('gaia', NULL, '/data/GaiaSource_1.csv.gz', '${SHA256}', 'done', '2026-07-01', '2026-07-02', 9, 7),
    ('labels', 'apogee-test', '/data/allStar.fits', NULL, 'done', '2026-07-03', '2026-07-03', 2, 2),
    ('labels', 'galah-test', '/data/galah.fits', NULL, 'done', '2026-07-04', '2026-07-04', 1, 1),
    ('labels', 'apogee-test', '/data/older.fits', NULL, 'replaced', '2026-06-03', '2026-06-03', 2, 2)`);
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

async function download(path: string, init?: RequestInit): Promise<Buffer> {
  const response = await fetch(`${url}/${path}`, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(bytes.toString());
  return bytes;
}

/** Reads notes back by a library that is not asterism's writer. */
const READERS = {
  ecsv(bytes: Buffer) {
    const lines = bytes
      .toString()
      .split("\n")
      .filter((line) => line.startsWith("# ") && !line.startsWith("# %"));
    const head = parseDocument(lines.map((line) => line.slice(2)).join("\n")).toJS() as { meta: Map<string, string> };
    return Object.fromEntries(head.meta);
  },
  arrow: (bytes: Buffer) => Object.fromEntries(tableFromIPC(bytes).schema.metadata),
  async parquet(bytes: Buffer) {
    const { parquetMetadata } = await import("hyparquet");
    const pairs = parquetMetadata(new Uint8Array(bytes).buffer).key_value_metadata ?? [];
    return Object.fromEntries(pairs.map(({ key, value }) => [key.replace("asterism.", ""), value ?? ""]));
  },
  votable(bytes: Buffer) {
    const notes: Record<string, string> = {};
    for (const [, name, value] of bytes.toString().matchAll(/<INFO name="([^"]*)" value="([^"]*)">/g))
      notes[name!] = name! in notes ? `${notes[name!]}\n${value}` : value!;
    return notes;
  },
} satisfies Partial<Record<TableFormatName, (bytes: Buffer) => unknown>>;

const FORMATS = Object.keys(READERS) as (keyof typeof READERS)[];

describe.each(FORMATS)("%s", (format) => {
  const notesOf = async (path: string, init?: RequestInit): Promise<Record<string, string>> =>
    READERS[format](await download(`${path}${path.includes("?") ? "&" : "?"}format=${format}`, init));

  test("of stars names the release, the program, what to cite, and the files of the stars alone", async () => {
    const notes = await notesOf("export/stars");
    expect(notes).toMatchObject({
      resource_version: "Gaia DR3",
      server_software: `asterism ${VERSION}`,
      request_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      citation: expect.stringContaining("Vallenari"),
      ingest: `gaia: GaiaSource_1.csv.gz, 2026-07-02, 7 rows, sha256 ${SHA256}`,
    });
  });

  test("of labels names each survey and its files; of one survey only that one's", async () => {
    const all = await notesOf("export/labels");
    expect(all.cites!.split("\n").map((line) => line.split(":")[0])).toEqual(expect.arrayContaining(["apogee-test", "galah-test"]));
    expect(all.ingest!.split("\n")).toEqual([
      "labels of apogee-test: allStar.fits, 2026-07-03, 2 rows",
      "labels of galah-test: galah.fits, 2026-07-04, 1 rows",
    ]);
    const one = await notesOf("export/labels?survey=galah-test");
    expect([one.cites, one.ingest]).toEqual([
      expect.stringMatching(/^galah-test: .*$/),
      "labels of galah-test: galah.fits, 2026-07-04, 1 rows",
    ]);
  });

  test.each(["export/predictions?model=mixed", "export/predicted-stars?model=mixed", "lookup?model=mixed"])(
    "of %s names the model, its version, and what that learned from",
    async (path) => {
      const init = path.startsWith("lookup") ? { method: "POST", body: "1002\n" } : {};
      const notes = await notesOf(path, init);
      expect(notes.model).toBe("mixed@1");
      expect(notes.model_training).toMatch(/^mixed@1: \d{4}-\d\d-\d\d on \S.*; artifact sha256 [0-9a-f]{64}$/);
      expect(notes.ingest).toContain("gaia: GaiaSource_1.csv.gz");
    },
  );

  test("of objects names its catalogue", async () => {
    expect(await notesOf("export/objects?survey=apogee-test")).toMatchObject({
      cites: expect.stringMatching(/^apogee-test: /),
      ingest: "labels of apogee-test: allStar.fits, 2026-07-03, 2 rows",
    });
  });
});

interface Head {
  readonly notes: readonly { readonly name: string; readonly value: string }[];
  readonly columns: readonly {
    readonly name: string;
    readonly unit: string | null;
    readonly ucd: string | null;
    readonly description: string;
  }[];
}

test.each([
  ["export/predicted-stars?model=mixed&about=true", {}, "teff", "teff_flags"],
  ["lookup?model=mixed&about=true", { method: "POST", body: "1002\n" }, "mixed_teff", "mixed_teff_flags"],
])("%s answers what CSV and NDJSON have no place for", async (path, init, teff, flags) => {
  const { notes, columns } = JSON.parse((await download(path, init)).toString()) as Head;
  expect(notes).toContainEqual({ name: "model", value: "mixed@1" });
  expect(columns.find(({ name }) => name === teff)).toMatchObject({ unit: "K", ucd: "phys.temperature.effective" });
  expect(columns.find(({ name }) => name === flags)!.description).toContain("1 INPUT_MISSING (at least one input was missing");
});

const READ = `
import io, sys, pyarrow.parquet
from astropy.io.votable import parse_single_table
from astropy.table import Table
ecsv, parquet = sys.argv[1:]
stars = Table.read(ecsv, format="ascii.ecsv")
print(len(stars), stars["parallax"].unit, stars["synthetic"].dtype, stars["source_id"].dtype, stars["ra"].description, stars.meta["resource_version"])
head = parse_single_table(io.BytesIO(pyarrow.parquet.read_schema(parquet).metadata[b"IVOA.VOTable-Parquet.content"]))
field = head.get_field_by_id_or_name("parallax")
print(field.unit, field.ucd, field.datatype, field.description)
`;

testWithAstropy(
  "astropy reads ECSV, and the description in Parquet, with units, types and meanings",
  async () => {
    const files = ["ecsv", "parquet"].map(async (format) =>
      folder.write(`stars.${format}`, await download(`export/stars?format=${format}`)),
    );
    const { status, output } = await runBeside(ASTROPY_PYTHON!, ["-W", "ignore", "-c", READ, ...(await Promise.all(files))]);
    const lines = [
      "13 mas bool int64 right ascension, ICRS, at refEpoch Gaia DR3",
      "mas pos.parallax.trig double parallax, without zero-point correction",
    ];
    expect([status, output]).toEqual([0, `${lines.join("\n")}\n`]);
  },
  60_000,
);

const READ_VECTORS = `
import sys, duckdb, pyarrow.ipc, pyarrow.parquet
from astropy.table import Table
parquet, arrow, ecsv, votable = sys.argv[1:]
streamed = pyarrow.ipc.open_stream(arrow).read_all()
assert streamed.schema.field("embedding").type == pyarrow.list_(pyarrow.field("item", pyarrow.float32(), nullable=False), 3), streamed.schema
for source in (f"'{parquet}'", "streamed"):
    print(duckdb.sql(f"SELECT list(embedding::FLOAT[] ORDER BY source_id) FROM {source}").fetchall()[0][0])
print(pyarrow.parquet.read_table(parquet)["embedding"].to_pylist())
print(Table.read(ecsv, format="ascii.ecsv")["embedding"][2], Table.read(votable, format="votable")["embedding"][2])
`;

testWithAstropy(
  "DuckDB, pyarrow and astropy read vectors as lists, the missing one as none",
  async () => {
    const files = ["parquet", "arrow", "ecsv", "votable"].map(async (format) =>
      folder.write(`vectors.${format}`, await download(`export/predicted-stars?model=mixed&format=${format}`)),
    );
    const { status, output } = await runBeside(ASTROPY_PYTHON!, ["-W", "ignore", "-c", READ_VECTORS, ...(await Promise.all(files))]);
    const all = "[[0.0, 0.0, 0.5], [1.0, 0.0, 0.5], [2.0, 0.0, 0.5], [3.0, 0.0, 0.5], None, [5.0, 0.0, 0.5]]";
    expect([status, output.trimEnd().split("\n")]).toEqual([0, [all, all, all, "[2.0 0.0 0.5] [2.0 0.0 0.5]"]]);
  },
  60_000,
);
