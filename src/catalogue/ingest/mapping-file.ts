import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../errors";
import type { Delimiter } from "../../formats/csv/csv-records";
import { parseRelease } from "../release";
import type { Mapping, Measured, NullRange } from "./mapping";
import { readLightCurves, readStars, readVariability } from "./mapping-curves";
import { readLabels } from "./mapping-labels";
import { readPosition } from "./mapping-position";
import { MappingReader } from "./mapping-reader";
import { readClasses, readStarKey, readValues } from "./mapping-training";
import { measured, nullRanges } from "./mapping-values";
import { readYamlFile } from "./yaml-file";

const PAGE = "docs/ingest.md";
/** The mappings that ship; beside the sources, not the compiled files. */
const SHIPPED = path.resolve(__dirname, "../../../../src/catalogue/ingest/mappings");
const DELIMITERS: Readonly<Record<string, Delimiter>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
  space: " ",
  whitespace: "whitespace",
};

/** Names of the mappings that ship, as `lamost-spectra`. */
export const shippedMappings = (): string[] => readdirSync(SHIPPED).map((file) => path.basename(file, ".yaml"));

/** @returns the path of a mapping: a file, or one that ships. @throws AppError NOT_FOUND listing those that ship */
export function mappingFile(given: string): string {
  // A folder may well have the name of a mapping: that of the survey.
  if (statSync(given, { throwIfNoEntry: false })?.isFile()) return given;
  if (shippedMappings().includes(given)) return path.join(SHIPPED, `${given}.yaml`);
  throw new AppError("NOT_FOUND", `No mapping file '${given}', and none that ships has that name (${shippedMappings().join(", ")}).`);
}

function readCatalogue(reader: MappingReader): Mapping["catalogue"] {
  const keys = reader.object(["name", "title", "reference", "epoch", "magSystem"]);
  return {
    name: keys.name!.text(/^[a-z0-9][a-z0-9.-]{0,62}$/, "a short name of small letters, digits, - and ."),
    title: keys.title!.text(),
    reference: keys.reference!.optional((text) => text.text()),
    epoch: keys.epoch!.optional((year) => year.number("a Julian year")),
    magSystem: keys.magSystem!.optional((system) => system.oneOf(["AB", "Vega"])),
  };
}

function readBands(reader: MappingReader, nulls: readonly NullRange[]): Map<string, Measured> {
  const bands = reader.entries().map(([band, value]): [string, Measured] => {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,30}$/.test(band)) value.fail("is not a band's name: letters, digits and _");
    return [band, measured(value, "mag", { target: "mag", unit: null, nulls })];
  });
  if (bands.length === 0) reader.fail("names no band");
  return new Map(bands);
}

/** What a table holds; a mapping describes one of them at least. */
const CONTENTS = ["stars", "photometry", "labels", "more", "variability", "lightCurves", "values", "classes"];
const KEYS = ["catalogue", "delimiter", "id", "gaia", "position", "ra", "dec", "nulls", "flags", "star", ...CONTENTS];

/** Checks a mapping's content. @throws AppError BAD_INPUT that names the key, what is wanted and what came */
export function parseMapping(content: unknown, file: string): Mapping {
  return mappingOf(new MappingReader(content, [], { file, page: PAGE, lineOf: () => null }));
}

/** Checks the content of a mapping that was read. @throws AppError BAD_INPUT naming the line */
export function mappingOf(root: MappingReader): Mapping {
  const keys = root.object(KEYS);
  const nulls = keys.nulls!.optional(nullRanges) ?? [];
  const position = readPosition(root, keys, nulls);
  if (CONTENTS.every((name) => keys[name]!.isAbsent)) root.fail(`must have one of ${CONTENTS.join(", ")} at least`);
  for (const name of ["stars", "variability", "lightCurves"])
    if (!keys[name]!.isAbsent && keys.gaia!.isAbsent) keys[name]!.fail("needs 'gaia': which column names the star, and of which release");
  if (!keys.stars!.isAbsent && position === null) keys.stars!.fail("needs ra and dec");
  return {
    catalogue: readCatalogue(keys.catalogue!),
    delimiter: keys.delimiter!.optional((name) => DELIMITERS[name.oneOf(Object.keys(DELIMITERS))]!) ?? undefined,
    nulls,
    id: ((id) => (id === "row-number" ? null : id))(keys.id!.text(undefined, "the column of the catalogue's identifier, or row-number")),
    gaia: keys.gaia!.optional((gaia) => {
      const given = gaia.object(["column", "release"]);
      return { column: given.column!.text(), release: parseRelease(given.release!.text()) };
    }),
    position,
    flags: keys.flags!.optional((flags) => flags.text(undefined, "a column's name")),
    photometry: keys.photometry!.optional((bands) => readBands(bands, nulls)),
    labels: readLabels(keys.labels!, keys.more!, nulls),
    stars: keys.stars!.optional(readStars),
    variability: keys.variability!.optional((variability) => readVariability(variability, nulls)),
    values: keys.values!.optional((values) => readValues(values, nulls)) ?? new Map(),
    classes: keys.classes!.optional(readClasses) ?? new Map(),
    star: keys.star!.optional(readStarKey),
    lightCurves: keys.lightCurves!.optional((curves) => readLightCurves(curves, nulls)),
  };
}

/**
 * Reads a mapping file.
 *
 * @param given a path, or the name of a mapping that ships
 */
export function readMapping(given: string): Mapping {
  const file = mappingFile(given);
  return mappingOf(readYamlFile(file, PAGE).reader);
}
