import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { readTable, temporaryFolder } from "../support/table-files";
import { PYTHON, runBeside, testWithPyvo, testWithStilts } from "../support/vo-clients";

const folder = temporaryFolder();
const ids = Array.from({ length: 30 }, (_, star) => sourceIdOf(pixelAt(180 + star / 100, -30), star, 0));
/** Where the documentation's examples look. */
const PLEIAD = sourceIdOf(pixelAt(56.8, 24.1), 0, 0);
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
beforeAll(async () => {
  services = await openServices();
  await services.database.query(
    `INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag, bp_rp, ebv_map)
     SELECT 3, id, 180 + (n - 1) / 100.0, -30, n / 2.0, CASE WHEN n > 1 THEN 0.5 END, 'a <map> & more'
     FROM unnest($1::int8[]) WITH ORDINALITY AS t (id, n)`,
    [ids],
  );
  await services.database.query("INSERT INTO star (release, source_id, ra, dec) VALUES (3, $1, 56.8, 24.1)", [PLEIAD]);
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

async function ask(query: string): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${url}/vo/${query}`);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

test("a cone is answered nearest first, with the columns that the standard demands", async () => {
  const { status, type, text } = await ask("scs?RA=180&DEC=-30&SR=0.03&VERB=1");
  expect([status, type]).toEqual([200, "text/xml;content=x-votable;charset=utf-8"]);
  for (const field of [
    /name="source_id" datatype="char" arraysize="\*" ucd="ID_MAIN"/,
    /name="ra" datatype="double" unit="deg" ucd="POS_EQ_RA_MAIN"/,
    /name="dec" datatype="double" unit="deg" ucd="POS_EQ_DEC_MAIN"/,
  ])
    expect(text).toMatch(field);
  const { names, rows } = await readTable(folder.write("cone.vot", text));
  expect(names).toEqual(["source_id", "ra", "dec", "distance", "phot_g_mean_mag"]);
  expect(rows.map(([id]) => id)).toEqual(ids.slice(0, 4).map(String));
  expect(rows[1]![3]).toBeCloseTo(0.01 * Math.cos(Math.PI / 6), 6);
});

test("names of parameters have no case, and others are passed over", async () => {
  const { text } = await ask("scs?ra=180&Dec=-30&sr=0.005&RESPONSEFORMAT=votable");
  expect(text.match(/<TR>/g)).toHaveLength(1);
});

test("more verbose answers have more columns", async () => {
  const columns = async (verb: number) => (await ask(`scs?RA=180&DEC=-30&SR=0.001&VERB=${verb}`)).text.match(/<FIELD/g)!.length;
  const [few, some, all] = [await columns(1), await columns(2), await columns(3)];
  expect(few).toBeLessThan(some);
  expect(some).toBeLessThan(all);
});

test("an answer cut at MAXREC says so", async () => {
  const { text } = await ask("scs?RA=180&DEC=-30&SR=1&MAXREC=7");
  expect(text.match(/<TR>/g)).toHaveLength(7);
  expect(text).toMatch(/<\/TABLE>\n<INFO name="QUERY_STATUS" value="OVERFLOW">/);
  expect((await ask("scs?RA=180&DEC=-30&SR=1&MAXREC=30")).text).not.toContain("OVERFLOW");
});

test.each(["SR=0", "SR=1&MAXREC=0"])("%s asks for the columns alone", async (asked) => {
  const { status, text } = await ask(`scs?RA=0&DEC=0&${asked}`);
  expect(status).toBe(200);
  expect(text).toContain("POS_EQ_RA_MAIN");
  expect(text).not.toContain("<TR>");
});

test.each([
  ["no SR", "RA=1&DEC=1"],
  ["a RA in hours", "RA=12:30:00&DEC=1&SR=1"],
  ["a DEC of -91", "RA=1&DEC=-91&SR=1"],
  ["a radius of 11 degrees", "RA=1&DEC=1&SR=11"],
  ["RA twice", "RA=1&RA=2&DEC=1&SR=1"],
  ["Infinity", "RA=Infinity&DEC=1&SR=1"],
  ["a verbosity of 4", "RA=1&DEC=1&SR=1&VERB=4"],
  ["markup", "RA=%3C%2FINFO%3E&DEC=1&SR=1"],
])("%s is answered with a VOTable that says what is wrong", async (_what, query) => {
  const { status, type, text } = await ask(`scs?${query}`);
  expect([status, type]).toEqual([200, "text/xml;content=x-votable;charset=utf-8"]);
  expect(text).toMatch(/<INFO name="Error" value="[^"<]+"><\/INFO>\n<RESOURCE type="results">\n<INFO name="QUERY_STATUS" value="ERROR">/);
  expect(text).not.toContain("<TABLE");
});

test("the service says that it is available, what it can do and where", async () => {
  expect((await ask("availability")).text).toContain("<vosi:available>true</vosi:available>");
  const { text } = await ask("capabilities");
  expect(text).toContain(`<accessURL use="base">${url}/vo/scs?</accessURL>`);
  expect(text).toContain('standardID="ivo://ivoa.net/std/ConeSearch"');
});

testWithStilts(
  "STILTS finds nothing wrong with an answer, an empty one and an error",
  async () => {
    for (const query of ["scs?RA=180&DEC=-30&SR=1&VERB=3", "scs?RA=0&DEC=0&SR=0", "scs?RA=1"]) {
      const linted = await runBeside("stilts", ["votlint", `votable=${url}/vo/${query}`, "ucd=false"]);
      expect(linted).toEqual({ status: 0, output: "" });
    }
  },
  60_000,
);

/** The first example of a language in the documentation, asking this test's server. */
function example(language: string): string {
  const document = readFileSync(path.join(PACKAGE_ROOT, "docs/virtual-observatory.md"), "utf8");
  const [, code = ""] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(document) ?? [];
  return code.replaceAll("http://127.0.0.1:4000", url);
}

testWithStilts(
  "the documentation's STILTS example finds the star that is there",
  async () => {
    const [program = "", ...args] = example("sh").trim().split(" ");
    const { status, output } = await runBeside(program, args);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining(`${PLEIAD},56.8,24.1,`) });
  },
  60_000,
);

testWithPyvo(
  "the documentation's pyvo example finds the star that is there",
  async () => {
    const { status, output } = await runBeside(PYTHON, ["-c", example("python")]);
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining(PLEIAD.toString()) });
  },
  60_000,
);
