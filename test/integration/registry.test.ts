import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Database } from "../../src/database/database";
import type { ManifestDraft } from "../../src/models/registry/manifest";
import { forcePromotion, promote, rollback } from "../../src/models/registry/move-champion";
import type { ModelVersion, Registry } from "../../src/models/registry/registry";
import { retire } from "../../src/models/registry/retire";
import { openServices, type TestServices } from "../support/api-services";
import { manifestDraft } from "../support/manifest";

const ONNX = new TextEncoder().encode("an artifact");
const noHoles = async () => 0;
const whole = (version: ModelVersion) => registry.load(version);
let services: TestServices;
let database: Database;
let dataDir: string;
let registry: Registry;

beforeAll(async () => {
  services = await openServices();
  ({ database, dataDir, registry } = services);
});
afterAll(() => services.close());

const register = (model: string, over: Partial<ManifestDraft> = {}) => registry.register(manifestDraft({ model, ...over }), ONNX);
const scored = (value: number) => ({ metric: { name: "rmse-ratio", value, better: "lower" } }) as const;

test("a model's first version becomes its champion and the next its challenger", async () => {
  expect(await register("first")).toMatchObject({ version: 1, aliases: ["champion"] });
  expect(await register("first")).toMatchObject({ version: 2, aliases: ["challenger"] });
  expect(await registry.resolve("first")).toMatchObject({ version: 1 });
  expect(await registry.resolve("first@challenger")).toMatchObject({ version: 2 });
  expect(await registry.resolve("first@2")).toMatchObject({ version: 2 });
});

test("a version answers with the manifest and the bytes that were registered", async () => {
  const version = await register("roundtrip");
  const { manifest, onnx } = await registry.load(version);
  expect(manifest).toEqual(version.manifest);
  expect(manifest).toMatchObject({ ...manifestDraft({ model: "roundtrip" }), version: 1, format: 2 });
  expect(Buffer.from(onnx)).toEqual(Buffer.from(ONNX));
});

test("a version has a partition of predictions of its own", async () => {
  const { id } = await register("partition");
  const insert = (versionId: number) => database.query("INSERT INTO predicted_label VALUES ($1, 3, 1, 'teff', 5000, 90, 0)", [versionId]);
  await insert(id);
  expect(await database.query(`SELECT label FROM predicted_label_v${id}`)).toEqual([{ label: "teff" }]);
  await expect(insert(id + 1000)).rejects.toThrow("no partition");
});

test.each(["model.onnx", "manifest.json"])("a version whose %s was changed is refused", async (file) => {
  const version = await register("tampered");
  const changed = path.join(dataDir, "models/tampered", String(version.version), file);
  chmodSync(changed, 0o644);
  writeFileSync(changed, "{}");
  await expect(registry.load(version)).rejects.toMatchObject({ code: "ARTIFACT_TAMPERED", message: expect.stringContaining(file) });
});

test("a version whose files are gone is unavailable", async () => {
  const version = await register("lost");
  rmSync(path.join(dataDir, "models/lost"), { recursive: true });
  await expect(registry.load(version)).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
});

test("what a killed registration left behind is replaced by the next", async () => {
  const left = path.join(dataDir, "models/killed");
  for (const folder of [".staging-1", "1"]) {
    mkdirSync(path.join(left, folder), { recursive: true });
    writeFileSync(path.join(left, folder, "model.onnx"), "half a fi");
  }
  const { onnx } = await registry.load(await register("killed"));
  expect(Buffer.from(onnx)).toEqual(Buffer.from(ONNX));
  expect(readdirSync(left)).toEqual(["1"]);
});

test("a registration that fails leaves neither a row nor a file", async () => {
  await expect(register("half", { recipe: "nul \0 is no text" })).rejects.toThrow();
  await expect(registry.show("half")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(existsSync(path.join(dataDir, "models/half/1"))).toBe(false);
});

test("versions registered at once are numbered one after the other", async () => {
  const versions = await Promise.all([1, 2, 3, 4].map(() => register("at-once")));
  expect(versions.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4]);
});

test.each(["../escape", "Upper", "", "a/b", "-dash", "a".repeat(65), "a@1"])("the name %j is refused", async (model) => {
  await expect(register(model)).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("a manifest with a limit that JSON cannot keep is refused", async () => {
  await expect(
    register("limits", {
      limits: [
        [Number.NaN, 1],
        [0, 1],
      ],
    }),
  ).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("a better version is promoted, a rollback takes it back, and every move is an event", async () => {
  await register("moves");
  await register("moves", scored(0.5));
  expect(await promote(database, "moves", noHoles, whole)).toMatchObject({ from: 1, to: 2, reason: "rmse-ratio 0.5 against 0.8" });
  expect(await registry.resolve("moves")).toMatchObject({ version: 2, aliases: ["champion"] });
  expect(await rollback(database, "moves", "it drifts")).toMatchObject({ from: 2, to: 1, reason: "it drifts" });
  await expect(rollback(database, "moves", "again")).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await registry.events("moves")).map(({ kind, alias, fromVersion, toVersion }) => [kind, alias, fromVersion, toVersion])).toEqual([
    ["registered", "champion", null, 1],
    ["registered", "challenger", null, 2],
    ["promoted", "champion", 1, 2],
    ["rolled-back", "champion", 2, 1],
  ]);
});

test("a version that was rolled back is the challenger again, so that it can be promoted by the model's name", async () => {
  await register("again");
  await register("again", scored(0.5));
  await promote(database, "again", noHoles, whole);
  await rollback(database, "again", "too early");
  expect(await registry.resolve("again@challenger")).toMatchObject({ version: 2 });
  expect(await promote(database, "again", noHoles, whole)).toMatchObject({ from: 1, to: 2 });
});

test("a version whose artifact is damaged or gone does not become champion, not even by force", async () => {
  await register("damaged");
  await register("damaged", scored(0.5));
  const file = path.join(dataDir, "models/damaged/2/model.onnx");
  chmodSync(file, 0o644);
  writeFileSync(file, "something else");
  await expect(promote(database, "damaged", noHoles, whole)).rejects.toMatchObject({ code: "ARTIFACT_TAMPERED" });
  await expect(forcePromotion(database, "damaged@2", "now", whole)).rejects.toMatchObject({ code: "ARTIFACT_TAMPERED" });
  rmSync(file);
  await expect(promote(database, "damaged", noHoles, whole)).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
  expect(await registry.resolve("damaged")).toMatchObject({ version: 1 });
});

test("a retired version is found by its number alone, and no alias points to it again", async () => {
  await register("old");
  await register("old", scored(0.5));
  await expect(retire(database, "old@1", "too old")).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("champion"),
  });
  await promote(database, "old", noHoles, whole);
  expect(await retire(database, "old@1", "too old")).toMatchObject({ version: 1, aliases: [], retiredAt: expect.any(Date) });
  expect(await registry.resolve("old@1")).toMatchObject({ version: 1 });
  await expect(retire(database, "old@1", "again")).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(rollback(database, "old", "back")).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("retired") });
  await expect(forcePromotion(database, "old@1", "please", whole)).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await registry.events("old")).at(-1)).toMatchObject({ kind: "retired", toVersion: 1, reason: "too old" });
});

test("a worse version is promoted by force only, with a reason", async () => {
  await register("forced");
  await register("forced", scored(0.9));
  await expect(promote(database, "forced", noHoles, whole)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(forcePromotion(database, "forced", " ", whole)).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(await forcePromotion(database, "forced@2", "a night of clouds", whole)).toMatchObject({ from: 1, to: 2 });
});

test("the champion stays while readers would see holes", async () => {
  await register("holes");
  await register("holes", scored(0.5));
  await expect(promote(database, "holes", async () => 7, whole)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("7 stars"),
  });
  expect(await registry.resolve("holes")).toMatchObject({ version: 1 });
});

test("of two promotions at once, one moves the alias and the other finds it moved", async () => {
  await register("race");
  await register("race", scored(0.5));
  const outcomes = await Promise.allSettled([promote(database, "race@2", noHoles, whole), promote(database, "race@2", noHoles, whole)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test.each([
  ["nowhere", "NOT_FOUND"],
  ["first@99", "NOT_FOUND"],
  ["partition@challenger", "MODEL_UNAVAILABLE"],
  ["first@latest", "BAD_INPUT"],
  ["first@1@2", "BAD_INPUT"],
])("the reference %s is answered with %s", async (reference, code) => {
  await expect(registry.resolve(reference)).rejects.toMatchObject({ code });
});
