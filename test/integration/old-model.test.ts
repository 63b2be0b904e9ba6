import { openServices, type TestServices } from "../support/api-services";
import { insertOldModel } from "../support/old-model";

let services: TestServices;
beforeAll(async () => {
  services = await openServices();
  await insertOldModel(services.database, services.dataDir);
});
afterAll(() => services.close());

test("a version that was registered when manifests had format 1 is listed, loads with its own hashes, and predicts", async () => {
  const { registry, predictor } = services;
  const version = await registry.resolve("old-sos");
  expect(version.manifest).toMatchObject({ format: 2, modality: "values", outputs: [{ kind: "quantity", name: "teff" }] });
  expect((await registry.load(version)).manifest).toEqual(version.manifest);
  const inputs = new Float32Array(27).fill(1);
  inputs.set([10.8, 10], 1); // BP and RP
  const [star] = await predictor.predictInputs(version, inputs, 1);
  expect(star).toMatchObject({ labels: [{ label: "teff", unit: "K", value: expect.closeTo(5200, 2), uncertainty: 90 }] });
});
