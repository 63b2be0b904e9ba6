import { createInterface } from "node:readline/promises";
import { catalogueNamed, catalogues } from "../catalogue/catalogue";
import { lastIngests } from "../catalogue/ingest/ingest-record";
import { labelsOfCatalogue } from "../catalogue/labels/catalogue-label";
import { type AliasMove, removeAlias, setAlias } from "../catalogue/life/alias";
import { catalogueContents, contentsText } from "../catalogue/life/catalogue-contents";
import { type CatalogueRemoval, plannedRemoval, removeCatalogue } from "../catalogue/life/remove-catalogue";
import { countUnmatched, unmatchedObjects } from "../catalogue/life/unmatched";
import type { Database } from "../database/database";
import { AppError } from "../errors";
import { LABELS } from "../science/labels";
import { catalogueLine, type ShownCatalogue, shownText } from "./catalogue-text";
import { type DefineCommand, EXISTING, note, print, withDatabase } from "./command";
import { wholeNumber } from "./whole-number";

interface Json {
  readonly json?: boolean;
}
interface ShowOptions extends Json {
  readonly unmatched?: boolean;
  readonly limit: number;
  readonly after?: string;
}
interface RemoveOptions extends Json {
  readonly yes?: boolean;
  readonly force?: boolean;
}

const SHOWN_INGESTS = 10;

async function list({ json }: Json): Promise<void> {
  const all = await withDatabase((database) => catalogues(database), EXISTING);
  print(all, all.map(catalogueLine).join("\n") || "There is no catalogue yet: `asterism ingest` brings them in.", json);
}

function listLabels({ json }: Json): void {
  const lines = LABELS.map(({ name, unit, description, aliases }) => {
    const also = aliases.length ? ` (also ${aliases.join(", ")})` : "";
    return `${name.padEnd(12)}${(unit ?? "-").padEnd(8)}${description}${also}`;
  });
  print(LABELS, lines.join("\n"), json);
}

async function showOne(database: Database, name: string, { unmatched, limit, after }: ShowOptions): Promise<ShownCatalogue> {
  const catalogue = await catalogueNamed(database, name);
  const { id } = catalogue;
  return {
    catalogue,
    contents: await catalogueContents(database, id),
    unmatched: await countUnmatched(database, id),
    labels: await labelsOfCatalogue(database, id),
    ingests: await lastIngests(database, SHOWN_INGESTS, [catalogue.name]),
    ...(unmatched && { unmatchedObjects: await unmatchedObjects(database, id, limit, after ?? null) }),
  };
}

async function show(name: string, options: ShowOptions): Promise<void> {
  const { labels, ...shown } = await withDatabase((database) => showOne(database, name, options), EXISTING);
  const told = labels.map(({ stored, ...label }) => label);
  print({ ...shown, labels: told }, shownText({ ...shown, labels }), options.json);
}

const removalText = ({ catalogue, contents }: CatalogueRemoval) => `${catalogue.name} (${catalogue.title}): ${contentsText(contents)}`;

/** @throws AppError BAD_INPUT where nobody can be asked, or the answer is another one */
async function confirm(removal: CatalogueRemoval, { yes }: RemoveOptions): Promise<void> {
  if (yes) return;
  const { name } = removal.catalogue;
  const asked = `This removes ${removalText(removal)}.`;
  if (!process.stdin.isTTY) throw new AppError("BAD_INPUT", `${asked} Add --yes to do so.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${asked} Type its name to go on: `);
  terminal.close();
  if (answer.trim() !== name) throw new AppError("BAD_INPUT", `'${answer.trim()}' is not '${name}', so nothing was removed.`);
}

async function remove(name: string, options: RemoveOptions): Promise<void> {
  const removal = await withDatabase(async (database) => {
    await confirm(await plannedRemoval(database, name), options);
    return removeCatalogue(database, name, options.force);
  }, EXISTING);
  if (removal.models.length > 0) note(`${removal.models.join(", ")} learned from it, and cannot be trained again without it.`);
  print(removal, `Removed ${removalText(removal)}.`, options.json);
}

function printAlias(move: AliasMove, json: boolean | undefined): void {
  const before = move.from === null || move.from === move.to ? "" : ` (before: ${move.from})`;
  print(move, move.to === null ? `'${move.alias}' no longer means ${move.from}.` : `'${move.alias}' means ${move.to}${before}.`, json);
}

export const defineCatalogues: DefineCommand = (program) => {
  const command = program.command("catalogues").description("list, show, alias and remove ingested catalogues");
  command.command("list").description("list all catalogues").option("--json", "print JSON").action(list);
  command
    .command("labels")
    .description("list the labels that asterism knows, with their units and meanings")
    .option("--json", "print JSON")
    .action(listLabels);
  command
    .command("show <name>")
    .description("show what a catalogue holds: rows, labels, ingests")
    .option("--unmatched", "also list objects without a source_id")
    .option("--limit <n>", "list at most so many of them", wholeNumber("--limit", 1, 100_000), 100)
    .option("--after <objectId>", "list those after this object")
    .option("--json", "print JSON")
    .action(show);
  command
    .command("remove <name>")
    .description("delete a catalogue with its objects, cross-matches, photometry, labels, light curves and variability")
    .option("--yes", "do not ask for confirmation")
    .option("--force", "delete it although models were trained on it")
    .option("--json", "print JSON")
    .action(remove);
  command
    .command("alias <alias> <catalogue>")
    .description("make an alias stand for a catalogue, such as our-survey for our-survey-dr2; an existing alias is moved")
    .option("--json", "print JSON")
    .action(async (alias: string, catalogue: string, { json }: Json) =>
      printAlias(await withDatabase((database) => setAlias(database, alias, catalogue), EXISTING), json),
    );
  command
    .command("unalias <alias>")
    .description("delete an alias; the catalogue stays")
    .option("--json", "print JSON")
    .action(async (alias: string, { json }: Json) =>
      printAlias(await withDatabase((database) => removeAlias(database, alias), EXISTING), json),
    );
};
