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
  const [star] = await predictor.predict(version, [{ photBpMeanMag: 10.8, photRpMeanMag: 10 }]);
  expect(star).toMatchObject({ labels: [{ label: "teff", unit: "K", value: expect.closeTo(5200, 2), uncertainty: 90 }] });
});
