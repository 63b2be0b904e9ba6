import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import type { MappingReader } from "../../../src/catalogue/ingest/mapping-reader";
import { readYamlFile, type YamlFile } from "../../../src/catalogue/ingest/yaml-file";
import { parseRelease } from "../../../src/catalogue/release";
import { parseStarFilter } from "../../../src/catalogue/star-filter-json";
import { AppError } from "../../../src/errors";
import { checkModelName } from "../../../src/models/registry/model-reference";
import type { ChosenFamily, Study, StudyGaps, StudyInput, StudyStars } from "./study";

const PAGE = "docs/studies.md";

/** The studies that ship; beside the sources, not the compiled files. */
const SHIPPED = path.resolve(__dirname, "../../../../training/studies");

const KEYS = [
  ...["name", "title", "withData", "mapping", "labels", "classes", "stars", "columns", "extinction", "inputs"],
  ...["gaps", "family", "settings", "before", "seed", "folds"],
] as const;

const MOST_INPUTS = 500;

/** Names of the studies that ship, as `sos-mlp`. */
export const shippedStudies = (): string[] =>
  readdirSync(SHIPPED)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => path.basename(file, ".yaml"))
    .sort();

/** @returns the path of a study: a file, or one that ships. @throws AppError NOT_FOUND listing those that ship */
export function findStudy(given: string): string {
  if (statSync(given, { throwIfNoEntry: false })?.isFile()) return given;
  if (shippedStudies().includes(given)) return path.join(SHIPPED, `${given}.yaml`);
  throw new AppError("NOT_FOUND", `There is no study file '${given}', and none that ships has that name (${shippedStudies().join(", ")}).`);
}

function names(reader: MappingReader, wanted: string): string[] {
  if (reader.isText) return [reader.text()];
  const list = reader.list(wanted).map((one) => one.text());
  if (list.length === 0) reader.fail(`must name at least one: ${wanted}`);
  return list;
}

/** `inputs: [bp - rp, g]`, or `inputs: { colour: bp - rp }`, or a list with named ones: `[bp - rp, { colour: g - rp }]`. */
function readInputs(reader: MappingReader): StudyInput[] {
  const named = (name: string, value: MappingReader): StudyInput => ({
    name,
    expression: value.text(undefined, "an expression, as in bp - rp"),
    fail: (fault) => value.fail(fault),
  });
  const entry = (one: MappingReader): StudyInput[] =>
    one.isText ? [named(one.text(), one)] : one.entries().map(([name, value]) => named(name, value));
  const inputs = reader.isList ? reader.list("expressions").flatMap(entry) : reader.entries().map(([name, value]) => named(name, value));
  if (inputs.length === 0 || inputs.length > MOST_INPUTS) reader.fail(`must be 1 to ${MOST_INPUTS} expressions, not ${inputs.length}`);
  const twice = inputs.find(({ name }, index) => inputs.findIndex((other) => other.name === name) !== index);
  if (twice) twice.fail(`is the input '${twice.name}' a second time`);
  return inputs;
}

/** A condition is a range, a number, bits that must not be set, or a word: `{ min: 40 }`, `0`, `{ noneOf: 5 }`, `apo`. */
function readWhere(reader: MappingReader): StudyStars["where"] {
  for (const [, condition] of reader.entries()) {
    if (condition.isNumber || condition.isText) continue;
    const { min, max, noneOf } = condition.object(["min", "max", "noneOf"]);
    const [low, high] = [min!.optional((end) => end.number()), max!.optional((end) => end.number())];
    const bits = noneOf!.optional((given) => given.number("bits as a whole number, as 5 for 1 and 4"));
    if (bits === null && low === null && high === null)
      condition.fail("must name min, max, or both, or the bits that must not be set (noneOf)");
    if (bits !== null && (low !== null || high !== null)) condition.fail("must be a range (min, max) or bits (noneOf), not both");
  }
  return reader.content as StudyStars["where"];
}

function readStars(reader: MappingReader): StudyStars {
  const keys = reader.object(["release", "sky", "filter", "where", "require", "atMostMissing"]);
  const filter = keys.filter!.optional((given) => {
    try {
      return parseStarFilter(JSON.stringify(given.content));
    } catch (error) {
      return given.fail(`is not a filter of stars: ${(error as Error).message}`);
    }
  });
  return {
    release: parseRelease(keys.release!.optional((release) => release.text()) ?? "DR3"),
    sky: keys.sky!.optional((sky) => sky.oneOf(["real", "synthetic"])),
    filter: filter ?? {},
    where: keys.where!.optional(readWhere) ?? {},
    require: keys.require!.optional((word) => word.oneOf(["any", "all"])) ?? "any",
    atMostMissing: keys.atMostMissing!.optional((given) => {
      const { of, most } = given.object(["of", "most"]);
      return { of: names(of!, "raw columns"), most: most!.number() };
    }),
  };
}

const NO_STARS: StudyStars = { release: 3, sky: null, filter: {}, where: {}, require: "any", atMostMissing: null };

function readGaps(reader: MappingReader): StudyGaps {
  if (reader.isNumber || reader.isText)
    return { copies: reader.number("a number of copies, as 1, or { copies: 1, groups: ... }"), apart: null, groups: null };
  const { copies, apart, groups } = reader.object(["copies", "apart", "groups"]);
  const read = groups!.optional((given) => new Map(given.entries().map(([name, columns]) => [name, names(columns, "raw columns")])));
  return {
    copies: copies!.optional((count) => count.number("a number of copies, as 1")) ?? 1,
    apart: apart!.optional((sets) => sets.number("a number of sets, 1 to learn all together")),
    groups: read,
  };
}

/** `family: mlp`, or `family: [mlp, xgboost]`, or `[{ mlp: { width: 64 } }, xgboost]`, with `settings` for a single one. */
function readFamilies(reader: MappingReader, settings: MappingReader): ChosenFamily[] {
  const settingsOf = (given: MappingReader) => Object.fromEntries(given.entries().map(([name, value]) => [name, value.content]));
  const shared = settings.optional(settingsOf) ?? {};
  if (reader.isText) return [{ name: reader.text(), settings: shared }];
  if (!settings.isAbsent) settings.fail("belongs to one family; of several, write each one's: family: [{ mlp: { width: 64 } }, xgboost]");
  return reader
    .list("families")
    .flatMap((one) =>
      one.isText
        ? [{ name: one.text(), settings: {} }]
        : one.entries().map(([name, own]) => ({ name, settings: own.optional(settingsOf) ?? {} })),
    );
}

function numbers(reader: MappingReader): Map<string, number> {
  return new Map(reader.entries().map(([name, value]) => [name, value.number()]));
}

/** @throws AppError BAD_INPUT naming the line and what was expected */
export function parseStudy({ text, reader: root }: YamlFile, folder: string): Study {
  const keys = root.object(KEYS);
  const name = keys.name!.text(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/, "the model's name: a-z, 0-9 and -");
  const labels = keys.labels!.optional((given) => {
    const { from, names: list } = given.object(["from", "names"]);
    return { from: from!.optional((catalogue) => catalogue.text()), names: names(list!, "labels, as in [teff, logg]") };
  });
  const classes = keys.classes!.optional((given) => names(given, "classes of the mapping")) ?? [];
  if (labels === null && classes.length === 0) root.fail("must name what to learn: labels, classes or both");
  const mapping = keys.mapping!.optional((given) => besideOrShipped(given.text(), folder));
  if (mapping === null && (labels?.from ?? null) === null)
    root.fail("must say where the labels are: labels.from (a catalogue), or mapping (how a table is read)");
  return {
    name: checkModelName(name),
    title: keys.title!.optional((title) => title.text()),
    text,
    sha256: createHash("sha256").update(text).digest("hex"),
    withData: keys.withData!.optional((given) => besideOrShipped(given.text(), folder)),
    mapping,
    labels: labels ?? { from: null, names: [] },
    classes,
    stars: keys.stars!.optional(readStars) ?? NO_STARS,
    columns: new Map(keys.columns!.optional((given) => given.entries().map(([ours, theirs]) => [ours, theirs.text()] as const)) ?? []),
    extinction: keys.extinction!.optional(numbers) ?? new Map(),
    inputs: readInputs(keys.inputs!),
    without: [],
    gaps: keys.gaps!.optional(readGaps) ?? { copies: 1, apart: null, groups: null },
    families: readFamilies(keys.family!, keys.settings!),
    before: new Map(keys.before!.optional(readInputs)?.map((input) => [input.name, input]) ?? []),
    seed: keys.seed!.optional((seed) => seed.number("a whole number")) ?? 1,
    folds: keys.folds!.optional((folds) => folds.number("a number of folds, 3 to 20")) ?? 8,
  };
}

/** A file beside the study, or the name of one that ships. */
function besideOrShipped(given: string, folder: string): string {
  const beside = path.resolve(folder, given);
  return statSync(beside, { throwIfNoEntry: false })?.isFile() ? beside : given;
}

/**
 * Reads a study: a file, or the name of one that ships.
 *
 * @param data the table that it is to learn from, if any: a study may name another one for that; the name stays its own
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the line
 */
export function readStudy(given: string, data?: string): Study {
  const file = findStudy(given);
  const study = parseStudy(readYamlFile(file, PAGE), path.dirname(file));
  return data === undefined || study.withData === null ? study : { ...readStudy(study.withData, data), name: study.name };
}
