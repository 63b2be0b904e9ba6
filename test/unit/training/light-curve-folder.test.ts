import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { lightCurveFeatureSet } from "../../../src/features/light-curve/feature-sets";
import { readLightCurveFolder } from "../../../training/light-curves/light-curve-folder";
import { describeRealData, REAL_DATA } from "../../support/real-data";
import { votable } from "../../support/table-files";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "asterism-light-curves-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (stars: string, points: string) => {
  writeFileSync(path.join(folder, "stars.csv"), stars);
  writeFileSync(path.join(folder, "light_curves.csv.gz"), gzipSync(points));
};
const wave = (id: string, count: number) =>
  Array.from({ length: count }, (_, point) => `${id},${point / count},${15 + Math.sin((2 * Math.PI * point) / count)}\n`).join("");

describe("a folder of light curves", () => {
  test("gives the stars in their table's order, with a reason where there is no curve", async () => {
    write(
      "gaia_dr2_source_id,ra_deg,dec_deg,period_d\n6917528997577384321,10,-20,0.5\n7,1,2,0\n8,1,2,0.6\n9,1,2,\n",
      `gaia_dr2_source_id,phase,phot_g_mag\n${wave("6917528997577384321", 30)}${wave("7", 30)}${wave("8", 3)}${wave("9", 30)}${wave("10", 3)}`,
    );
    const { stars, idColumn } = await readLightCurveFolder(folder);
    expect(idColumn).toBe("gaia_dr2_source_id");
    expect(stars.map(({ sourceId, refusal }) => [sourceId, refusal])).toEqual([
      [6917528997577384321n, null],
      [7n, "PERIOD_IMPOSSIBLE"],
      [8n, "TOO_FEW_POINTS"],
      [9n, "PERIOD_MISSING"],
    ]);
    expect(stars[0]).toMatchObject({ raDeg: 10, decDeg: -20, periodDays: 0.5, feh: Number.NaN, fold: Number.NaN });
  });

  test("reads names of columns in any case, units that the file states, and tables of any format", async () => {
    const fields =
      '<FIELD name="SOURCE_ID" datatype="long"/><FIELD name="RA" datatype="double" unit="rad"/><FIELD name="Period" datatype="double" unit="h"/>';
    const row = `<TR><TD>7</TD><TD>${Math.PI}</TD><TD>12</TD></TR>`;
    writeFileSync(path.join(folder, "stars.vot"), votable(fields, `<TABLEDATA>${row}</TABLEDATA>`));
    writeFileSync(path.join(folder, "light_curves.txt"), `# Source_ID Phase Phot_G_Mag\n${wave("7", 30).replaceAll(",", " ")}`);
    const { stars } = await readLightCurveFolder(folder);
    expect(stars).toMatchObject([{ sourceId: 7n, raDeg: 180, periodDays: 0.5, refusal: null }]);
  });

  test("uses the points in G that the archive did not reject, where columns tell", async () => {
    const point = (at: number, band: string, rejected: string, mag: number) => `7,${band},${at / 40},${mag},${rejected}\n`;
    const points = Array.from({ length: 40 }, (_, at) =>
      point(at, "G", at === 3 ? "true" : "false", at === 3 ? 99 : 15 + Math.sin(at / 6)),
    );
    const others = Array.from({ length: 40 }, (_, at) => point(at + 0.5, at % 2 ? "BP" : "RP", "False", 3));
    write("Source_ID,Period_days\n7,0.5\n", `SOURCE_ID,Band,Phase,Mag,Rejected_by_Photometry\n${points.join("")}${others.join("")}`);
    const { stars } = await readLightCurveFolder(folder);
    expect(stars).toMatchObject([{ periodDays: 0.5, refusal: null }]);
    expect(stars[0]!.curve!.mag).toHaveLength(39);
    expect(Math.min(...stars[0]!.curve!.mag)).toBeGreaterThan(13);
  });

  test.each([
    [
      "a table of another band's points",
      "source_id,period_d\n7,0.5\n",
      "source_id,filter,phase,mag\n7,V,0.1,15\n7,I,0.2,15\n",
      "has no point in the band G, which the models look at; its bands are 'V', 'I'",
    ],
    [
      "a flag that is none",
      "source_id,period_d\n7,0.5\n",
      "source_id,rejected,phase,mag\n7,perhaps,0.1,15\n",
      "row 1: bad flag in rejected: 'perhaps' is not true or false",
    ],
    [
      "a period under another name",
      "source_id,Period_fundamental,period_error\n7,0.5,1e-6\n",
      "source_id,phase,mag\n7,0.1,15\n",
      "the column 'Period_fundamental' may be the period",
    ],
    [
      "a source_id that was rounded",
      "source_id,period_d\n6.917528997577384e+18,0.5\n",
      "source_id,phase,phot_g_mag\n",
      "source_id is a rounded number",
    ],
    [
      "two columns that differ by case alone",
      "source_id,period,Period\n7,0.5,0.6\n",
      "source_id,phase,phot_g_mag\n",
      "2 columns are called 'period'",
    ],
    [
      "a star twice",
      "gaia_dr2_source_id,period_d\n7,0.5\n7,0.5\n",
      "gaia_dr2_source_id,phase,phot_g_mag\n",
      "row 2: the star 7 is there twice",
    ],
    [
      "an id that is none",
      "gaia_dr2_source_id,period_d\nRR Lyr,0.5\n",
      "gaia_dr2_source_id,phase,phot_g_mag\n",
      "'RR Lyr' is no source_id",
    ],
    [
      "a period that is text",
      "gaia_dr2_source_id,period_d\n7,long\n",
      "gaia_dr2_source_id,phase,phot_g_mag\n",
      "row 1: the column period_d",
    ],
    [
      "points without a magnitude",
      "gaia_dr2_source_id\n7\n",
      "gaia_dr2_source_id,phase\n7,0.1\n",
      "the magnitude, or the flux in electrons per second, is wanted",
    ],
  ])("refuses %s", async (_, stars, points, message) => {
    write(stars, points);
    await expect(readLightCurveFolder(folder)).rejects.toThrow(message);
  });

  test("says which file a folder lacks", async () => {
    await expect(readLightCurveFolder(folder)).rejects.toThrow("has no stars.csv");
  });
});

describeRealData("the folded Gaia set", () => {
  test("every star can be used, and has every Fourier parameter", async () => {
    const { stars } = await readLightCurveFolder(path.join(REAL_DATA!, "rr-lyrae-gaia-g"));
    expect(stars.length).toBe(3546);
    expect(stars.filter(({ curve }) => curve === null)).toEqual([]);
    const features = lightCurveFeatureSet("rrl-fourier");
    const inputs = stars.slice(0, 200).map(({ curve }) => features.compute(curve!));
    expect(inputs.every((row) => row.length === features.inputs.length && row.every(Number.isFinite))).toBe(true);
  });
});
