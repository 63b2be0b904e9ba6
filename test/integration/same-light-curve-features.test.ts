import path from "node:path";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { readMapping } from "../../src/catalogue/ingest/mapping-file";
import { lightCurveFeatureSet } from "../../src/features/light-curve/feature-sets";
import type { App } from "../../src/server/app";
import { readLightCurveFolder } from "../../training/light-curves/light-curve-folder";
import { fromLightCurveFolder } from "../../training/light-curves/light-curve-training-set";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { type FoldedStar, writeFolder } from "../support/folded-curves";
import { registerMetallicityModel } from "../support/metallicity-model";
import { normal, uniform } from "../support/random";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  await registerMetallicityModel(services.registry);
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

/** Three stars of as many points as feature sets treat differently, with noise, as the folder's two files say them. */
function stars(): FoldedStar[] {
  const [phases, noise] = [uniform(3), normal(4)];
  return [25, 60, 110].map((count, star) => ({
    id: String(6917528997577384321n + BigInt(star)),
    period: String(0.45 + 0.1 * star),
    feh: -1 - 0.2 * star,
    points: Array.from({ length: count }, () => {
      const phase = phases();
      const angle = 2 * Math.PI * phase;
      const mag = 14 + star + 0.4 * Math.sin(angle) + 0.18 * Math.sin(2 * angle + 2.6) + 0.12 * Math.sin(3 * angle + 5.3) + 0.005 * noise();
      return [phase.toFixed(6), mag.toFixed(5)] as const;
    }),
  }));
}

/** What the API computed of each star, in order, whatever it then predicted. */
async function served(name: string, lightCurves: readonly object[], periods: readonly number[]): Promise<Float32Array[]> {
  const compute = jest.spyOn(lightCurveFeatureSet(name), "compute");
  const query =
    "query ($lightCurve: LightCurveInput!, $period: Float) { predictMetallicity(lightCurve: $lightCurve, period: $period) { feh refusal } }";
  const rows: Float32Array[] = [];
  for (const [index, lightCurve] of lightCurves.entries()) {
    const { errors } = await ask(query, { lightCurve, period: periods[index] });
    expect(errors).toEqual([]);
    rows.push(compute.mock.results.at(-1)!.value as Float32Array);
  }
  compute.mockRestore();
  return rows;
}

test("a light curve has the same inputs in training, when it is given to the API, and when it is stored", async () => {
  const made = stars();
  const data = writeFolder(path.join(folder.path, "data"), made);
  const trained = fromLightCurveFolder(await readLightCurveFolder(data), lightCurveFeatureSet("rrl-fourier"));
  const width = trained.featureSet.inputs.length;
  const rowOf = (inputs: Float32Array, star: number) => Array.from(inputs.subarray(star * width, (star + 1) * width));
  const periods = made.map(({ period }) => Number(period));

  const given = made.map(({ points }) => ({ phase: points.map(([phase]) => Number(phase)), mag: points.map(([, mag]) => Number(mag)) }));
  const asGiven = await served("rrl-fourier", given, periods);
  expect(asGiven.map((row) => Array.from(row))).toEqual(made.map((_, star) => rowOf(trained.inputs, star)));

  for (const pass of passesOfKind("light-curves", null, readMapping("rr-lyrae-gaia-g")))
    await ingestFile(services.database, path.join(data, "light_curves.csv.gz"), { ...pass, rejectsDir: folder.path, maxRejected: 0 });
  const stored = made.map(({ id }) => ({ sourceId: id, release: "DR2" }));
  // Stored magnitudes are single precision.
  const asStored = await served("rrl-fourier", stored, periods);
  expect(asStored).toHaveLength(made.length);
  for (const [star, row] of asStored.entries())
    Array.from(row).forEach((value, input) => {
      expect(value).toBeCloseTo(rowOf(trained.inputs, star)[input]!, 4);
    });
});
