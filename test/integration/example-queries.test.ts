import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { registerMetallicityModel } from "../support/metallicity-model";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";

const FOLDER = path.join(PACKAGE_ROOT, "docs/examples");
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  await services.registry.register(manifestDraft(), DEMO_ONNX);
  await registerMetallicityModel(services.registry);
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

test.each(readdirSync(FOLDER).filter((name) => name.endsWith(".graphql")))("the example %s answers without an error", async (name) => {
  const query = readFileSync(path.join(FOLDER, name), "utf8");
  const variables = {
    sourceId: BRIGHT_STAR.toString(),
    model: "demo",
    inputs: [{ photBpMeanMag: 12.6, photRpMeanMag: 11.7, parallax: 5 }],
  };
  const { status, data, errors } = await ask(query, variables);
  expect(errors).toEqual([]);
  expect(status).toBe(200);
  for (const field of Object.values(data ?? {})) expect(field).not.toBeNull();
});
