import path from "node:path";
import { type Installation, makeInstallation } from "../support/installation";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let installation: Installation;
beforeAll(async () => {
  installation = await makeInstallation();
  const mapping = folder.write(
    "ours.yaml",
    "catalogue: { name: our-survey-dr1, title: Ours }\nid: id\ngaia: { column: gaia, release: DR3 }\nlabels: { teff: teff, activity: { value: act, unit: dex } }\n",
  );
  const table = folder.write("ours.csv", "id,gaia,teff,act\na,1,5000,0.5\nb,,5100,0.25\nc,0,5200,\n");
  ingested = await installation.start("ingest", "labels", table, "--mapping", mapping).ended;
}, 60_000);
afterAll(() => installation.remove());

let ingested: { status: number | null; stdout: string };
const end = (...command: string[]) => installation.start(...command).ended;

test("an ingest says loudly which objects no star is known for", () => {
  expect(ingested).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(
      "2 objects have no source_id: kept, but joined to no star; list them with `asterism catalogues show our-survey-dr1 --unmatched`",
    ),
  });
});

test("catalogues are named, shown with what they hold, exported and removed", async () => {
  expect(await end("catalogues", "alias", "our-survey", "our-survey-dr1")).toMatchObject({
    status: 0,
    stdout: "'our-survey' means our-survey-dr1.\n",
  });
  const { stdout: shown } = await end("catalogues", "show", "our-survey", "--unmatched");
  expect(shown).toMatch(
    /^our-survey-dr1 {2}Ours {2}\(alias our-survey\)\nholds 3 objects, 1 cross-matches, 3 rows of labels, 2 values of further labels\n2 objects have no/,
  );
  expect(shown).toMatch(
    /\n {2}teff \[K\] effective temperature\n {2}activity \[dex\]\nIngests\n {2}#1 .* done {2}labels of our-survey-dr1 {2}ours.csv: 3 inserted/,
  );
  expect(shown).toMatch(/\nObjects without a source_id\n {2}b\n {2}c\n$/);
  expect((await end("status")).stdout).toMatch(
    /Last ingests\n {2}#1 .* ours.csv: 3 inserted, 0 updated, 2 without a source_id, sha256 [0-9a-f]{12}\n/,
  );

  const output = path.join(folder.path, "unmatched.csv");
  const exported = await end("export", "objects", "--catalogue", "our-survey", "--unmatched", "--output", output, "--json");
  expect(JSON.parse(exported.stdout)).toMatchObject({
    stars: 2,
    sources: [{ catalogue: "our-survey-dr1", source: "ours.csv", kind: "labels", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  });

  expect(await end("catalogues", "remove", "our-survey-dr1")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(
      "This removes our-survey-dr1 (Ours): 3 objects, 1 cross-matches, 3 rows of labels, 2 values of further labels. Add --yes",
    ),
  });
  expect(await end("catalogues", "remove", "our-survey-dr1", "--yes")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Removed our-survey-dr1/),
  });
  expect((await end("catalogues", "list")).stdout).toContain("There is no catalogue yet");
  expect(await end("catalogues", "show", "our-survey")).toMatchObject({ status: 3 });
}, 120_000);

test("the labels that all surveys share are listed, and --replace needs to know of which catalogue", async () => {
  const labels = JSON.parse((await end("catalogues", "labels", "--json")).stdout) as { name: string; unit: string }[];
  expect(labels.find(({ name }) => name === "age")).toMatchObject({ unit: "Gyr" });
  expect(await end("ingest", "gaia", "x.csv", "--replace")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("give --mapping too"),
  });
}, 60_000);
