import { countHoles } from "../catalogue/prediction";
import { AppError } from "../errors";
import { forcePromotion, type Move, promote as promoteVersion, rollback as rollBack } from "../models/registry/move-champion";
import { type Model, type ModelVersion, Registry } from "../models/registry/registry";
import { retire as retireVersion } from "../models/registry/retire";
import { type DefineCommand, EXISTING, print, withDatabase } from "./command";
import { defineModelsExport } from "./models-export";

interface Json {
  readonly json?: boolean;
}

const withRegistry = <T>(work: (registry: Registry) => Promise<T>) =>
  withDatabase((database, config) => work(new Registry(database, config.dataDir)), EXISTING);

function versionLine({ version, aliases, manifest, synthetic, createdAt, retiredAt }: ModelVersion): string {
  const { metric, outputs, data } = manifest;
  const marks = [...aliases, ...(synthetic ? ["synthetic"] : []), ...(retiredAt ? ["retired"] : [])].join(", ");
  return `  ${version}  ${metric.name} ${metric.value.toFixed(4)}  ${outputs.map(({ name }) => name).join(" ")}  ${data.stars.train} stars of ${data.source}  ${createdAt.toISOString()}  ${marks}`;
}

function modelText({ name, recipe, versions }: Model): string {
  const maker = versions.some(({ manifest }) => manifest.study) ? "study" : "recipe";
  return [`${name} (${maker} ${recipe})`, ...versions.map(versionLine)].join("\n");
}

async function list({ json }: Json): Promise<void> {
  const models = await withRegistry((registry) => registry.list());
  print(models, models.map(modelText).join("\n") || "No model is registered yet: `asterism train` makes one.", json);
}

async function show(name: string, { json }: Json): Promise<void> {
  const result = await withRegistry(async (registry) => ({ ...(await registry.show(name)), events: await registry.events(name) }));
  const events = result.events.map(
    ({ at, kind, alias, fromVersion, toVersion, reason }) =>
      `  ${at.toISOString()}  ${kind}  ${alias ?? "-"} ${fromVersion ?? "-"} -> ${toVersion}  ${reason}`,
  );
  print(result, [modelText(result), "Events", ...events].join("\n"), json);
}

function printMove(move: Move, json: boolean | undefined): void {
  print(move, `The champion of '${move.model}' is now version ${move.to} (was ${move.from ?? "none"}): ${move.reason}`, json);
}

async function promote(reference: string, { json, force, reason }: Json & { force?: boolean; reason?: string }): Promise<void> {
  if (!force && reason !== undefined)
    throw new AppError("BAD_INPUT", "--reason goes with --force: an ordinary promotion's reason is its figures.");
  const move = await withDatabase((database, config) => {
    const check = (version: ModelVersion) => new Registry(database, config.dataDir).load(version);
    return force ? forcePromotion(database, reference, reason ?? "", check) : promoteVersion(database, reference, countHoles, check);
  }, EXISTING);
  printMove(move, json);
}

async function rollback(name: string, { json, reason }: Json & { reason: string }): Promise<void> {
  printMove(await withDatabase((database) => rollBack(database, name, reason), EXISTING), json);
}

async function retire(reference: string, { json, reason }: Json & { reason: string }): Promise<void> {
  const version = await withDatabase((database) => retireVersion(database, reference, reason), EXISTING);
  const kept = "Its predictions stay, and its number still finds it";
  print(version, `${version.model}@${version.version} is retired: no alias points to it again. ${kept}.`, json);
}

export const defineModels: DefineCommand = (program) => {
  const models = program.command("models").description("list, show, promote, roll back, retire and export model versions");
  models.command("list").description("list every model and its versions").option("--json", "print JSON").action(list);
  models
    .command("show <name>")
    .description("show a model's versions and events; with --json also their manifests")
    .option("--json", "print JSON")
    .action(show);
  models
    .command("promote <model>")
    .description("make NAME@VERSION the champion (NAME alone: its challenger), if it is better on the same test stars and backfilled")
    .option("--force", "promote it even if the rule does not allow it")
    .option("--reason <text>", "why it is forced; recorded with the event")
    .option("--json", "print JSON")
    .action(promote);
  models
    .command("rollback <name>")
    .description("make the previous champion the champion again")
    .option("--reason <text>", "recorded with the event", "rolled back by hand")
    .option("--json", "print JSON")
    .action(rollback);
  defineModelsExport(models);
  models
    .command("retire <model>")
    .description("take NAME@VERSION out of use: no alias will point to it again; its predictions and files stay")
    .option("--reason <text>", "recorded with the event", "retired by hand")
    .option("--json", "print JSON")
    .action(retire);
};
