import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { parseMapping } from "../../src/catalogue/ingest/mapping-file";
import type { IngestRecord } from "../../src/catalogue/ingest/record";
import type { Release } from "../../src/catalogue/release";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";
import { type FitsCards, fitsFile, temporaryFolder, votable } from "../support/table-files";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.script("DELETE FROM survey_label; DELETE FROM crossmatch; DELETE FROM catalogue_object; DELETE FROM star"));

async function ingest(
  kind: string,
  content: string | Buffer,
  mapping: object | null = null,
  release: Release | null = null,
): Promise<IngestRecord> {
  const [pass] = passesOfKind(kind, release, mapping && parseMapping(mapping, "m.yaml"));
  return ingestFile(database, folder.write("table", content), { ...pass!, rejectsDir: folder.path, maxRejected: 100 });
}

const star = async () => (await database.query<Record<string, unknown>>("SELECT * FROM star"))[0];

/** A FITS table of one row of doubles behind a source_id. */
function doubles(columns: readonly (readonly [name: string, unit: string, value: number])[], idForm = "K"): Buffer {
  const row = Buffer.alloc(8 * (columns.length + 1));
  if (idForm === "K") row.writeBigInt64BE(6917528997577384321n);
  else row.writeDoubleBE(Number(6917528997577384321n));
  for (const [index, [, , value]] of columns.entries()) row.writeDoubleBE(value, 8 * (index + 1));
  const cards = columns.map(([name, unit]): FitsCards => ({ TTYPE: name, TFORM: "D", TUNIT: unit }));
  return fitsFile([{ TTYPE: "source_id", TFORM: idForm }, ...cards], [row]);
}

test("a Gaia table in other units is stored in the catalogue's", async () => {
  const file = doubles([
    ["ra", "hourangle", 1.5],
    ["dec", "rad", -Math.PI / 6],
    ["parallax", "arcsec", 0.0025],
    ["pmra", "arcsec.yr**-1", 0.0125],
    ["phot_g_mean_mag", "mmag", 12_250],
    ["radial_velocity", "m/s", -32_500],
    ["teff_gspphot", "kK", 5.75],
    ["distance_gspphot", "kpc", 0.5],
    ["logg_gspphot", "log(cm.s**-2)", 4.5],
  ]);
  expect(await ingest("gaia", file)).toMatchObject({ status: "done", inserted: 1 });
  expect(await star()).toMatchObject({
    source_id: 6917528997577384321n,
    ra: 22.5,
    dec: expect.closeTo(-30, 10),
    parallax: 2.5,
    pmra: 12.5,
    phot_g_mean_mag: 12.25,
    radial_velocity: -32.5,
    teff_gspphot: 5750,
    distance_gspphot: 500,
    logg_gspphot: 4.5,
  });
});

test("a unit that cannot be converted fails the file, with the column and both units", async () => {
  const file = doubles([
    ["ra", "deg", 10],
    ["dec", "deg", 10],
    ["parallax", "mag", 1],
  ]);
  const { status, error } = await ingest("gaia", file);
  expect([status, error]).toEqual([
    "failed",
    expect.stringMatching(/column parallax: its unit is 'mag', which cannot be converted to 'mas'/),
  ]);
});

test("source_ids in a column of doubles fail the file", async () => {
  const { status, error } = await ingest(
    "gaia",
    doubles(
      [
        ["ra", "deg", 10],
        ["dec", "deg", 10],
        ["parallax", "mas", 1],
      ],
      "D",
    ),
  );
  expect([status, error]).toEqual(["failed", expect.stringMatching(/column source_id: source_id is a rounded number/)]);
});

test("ids of another release are rejected, by a column of the release and by the reference epoch", async () => {
  const said = await ingest("gaia", "source_id,release,ra,dec,parallax\n5,DR2,1,1,1\n6,3,1,1,1\n", null, 3);
  expect(said).toMatchObject({ inserted: 1, reasons: { "source_id of DR2, not of DR3": 1 } });
  const epoch = await ingest("gaia", "source_id,ref_epoch,ra,dec,parallax\n7,2015.5,1,1,1\n8,2016.0,1,1,1\n", null, 3);
  expect(epoch).toMatchObject({ inserted: 1, reasons: { "ref_epoch is that of DR2, not of DR3": 1 } });
});

test("a column that is read and there twice fails the file; one that is not read does not matter", async () => {
  const field = (name: string) => `<FIELD name="${name}" datatype="double"/>`;
  const table = (...names: string[]) =>
    votable(
      `<FIELD name="source_id" datatype="long"/>${names.map(field).join("")}`,
      `<TABLEDATA><TR><TD>5</TD>${names.map(() => "<TD>1</TD>").join("")}</TR></TABLEDATA>`,
    );
  expect(await ingest("gaia", table("ra", "dec", "parallax", "Parallax"))).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/2 columns are called 'parallax' \('parallax', 'Parallax'/),
  });
  expect(await ingest("gaia", table("ra", "dec", "parallax", "note", "note"))).toMatchObject({ status: "done", inserted: 1 });
});

const MAPPING = {
  catalogue: { name: "kinds", title: "A survey" },
  id: "name",
  gaia: { column: "gaia", release: "DR3" },
  nulls: [-99],
  labels: { teff: { value: "teff", error: "e_teff" } },
};

test("a row without a source keeps its labels as an object, whatever stands for none", async () => {
  const rows = ["a,4295806720", "b,", "c,NA", "d,-99", "e,0", "f,None", "g,-1"].map((start) => `${start},5000,N/A`);
  const record = await ingest("labels", `name,gaia,teff,e_teff\n${rows.join("\n")}\n`, MAPPING);
  expect(record).toMatchObject({ read: 7, inserted: 7, rejected: 0 });
  expect(await database.query("SELECT object_id, source_id, teff, teff_error FROM survey_label ORDER BY 1")).toEqual(
    [..."abcdefg"].map((id) => ({ object_id: id, source_id: id === "a" ? 4295806720n : null, teff: 5000, teff_error: null })),
  );
});

test("identifiers that went through floating-point numbers are rejected, and nulls of the mapping hold for them", async () => {
  const rows = ["123.0", "1.2e5", "-99", "NaN", "x1"].map((id) => `${id},,5000,50`);
  const record = await ingest("labels", `name,gaia,teff,e_teff\n${rows.join("\n")}\n`, MAPPING);
  expect(record).toMatchObject({
    inserted: 1,
    reasons: { "identifier in name is a floating-point number": 2, "no identifier in name": 2 },
  });
});

test("a mapped column's unit is the file's, and a mapping may not contradict it", async () => {
  const file = (unit: string) =>
    votable(
      `<FIELD name="name" datatype="char" arraysize="*"/><FIELD name="gaia" datatype="long"/><FIELD name="teff" datatype="double" unit="${unit}"/><FIELD name="e_teff" datatype="double"/>`,
      "<TABLEDATA><TR><TD>a</TD><TD>5</TD><TD>5.5</TD><TD>50</TD></TR></TABLEDATA>",
    );
  expect(await ingest("labels", file("kK"), MAPPING)).toMatchObject({ inserted: 1 });
  expect(await database.query("SELECT teff, teff_error FROM survey_label")).toEqual([{ teff: 5500, teff_error: 50 }]);
  const contradicting = { ...MAPPING, labels: { teff: { value: "teff", unit: "K" } } };
  expect(await ingest("labels", file("kK"), contradicting)).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/column teff: its unit is 'kK' in the file, and 'K' in the mapping/),
  });
});

test("a mapped position in hours, minutes and seconds becomes degrees", async () => {
  const mapping = { ...MAPPING, ra: { column: "ra", unit: "h:m:s" }, dec: { column: "dec", unit: "d:m:s" } };
  await ingest("labels", "name;gaia;ra;dec;teff;e_teff\na;5;10:30:00;-00:30:36;5000;50\n", mapping);
  expect(await database.query("SELECT ra, dec FROM catalogue_object")).toEqual([{ ra: 157.5, dec: expect.closeTo(-0.51, 10) }]);
});

test("light curves with their times in seconds and magnitudes in millimagnitudes are converted", async () => {
  const fields =
    '<FIELD name="source_id" datatype="long"/><FIELD name="band" datatype="char" arraysize="*"/>' +
    '<FIELD name="time" datatype="double" unit="s"/><FIELD name="mag" datatype="double" unit="mmag"/>';
  const row = "<TR><TD>5</TD><TD>G</TD><TD>86400</TD><TD>12500</TD></TR>";
  expect(await ingest("light-curves", votable(fields, `<TABLEDATA>${row}</TABLEDATA>`))).toMatchObject({ inserted: 1 });
  const [curve] = await database.query<{ time: unknown; mag: unknown }>("SELECT time, mag FROM light_curve");
  expect([Array.from(curve!.time as number[]), Array.from(curve!.mag as number[])]).toEqual([[1], [12.5]]);
});
