import { type Command, Option } from "commander";
import { type MatchSummary, matchFile } from "../catalogue/position-match/match-file";
import { type CatalogueMatches, matchCatalogue } from "../catalogue/position-match/stored/match-catalogue";
import { parseRelease } from "../catalogue/release";
import { AppError } from "../errors";
import type { TableChoice } from "../formats/open-table";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../formats/table-formats";
import { originToday } from "../server/bulk/origin";
import { type DefineCommand, EXISTING, note, print, withDatabase } from "./command";
import { outputFormat } from "./output-format";
import { withProgress } from "./progress";
import { defineTableChoice, tableChoice } from "./table-choice";
import { wholeNumber } from "./whole-number";

interface Options extends TableChoice {
  readonly input?: string;
  readonly output?: string;
  readonly format?: TableFormatName;
  readonly radius: string;
  readonly release: string;
  readonly ra?: string;
  readonly dec?: string;
  readonly epoch?: string;
  readonly error?: string;
  readonly all?: boolean;
  readonly restart?: boolean;
  readonly batch?: number;
  readonly json?: boolean;
}

const HELP = `
Without a catalogue: the objects of a table, --input, up to a million. CSV, ECSV, VOTable, FITS or Parquet, also gzipped or in a zip or
tar archive; positions in any unit of angle that the table states, degrees without one. --output has its columns and order,
and the star of each object: source_id, separation ["], its error and significance, rank, neighbours, mates and match_flags.
With <catalogue>: its objects that have a position and no source_id. Run it again after a kill, or in several processes; its
earlier matches by position are replaced once all is done. --epoch and --error are then numbers, for objects that say none.
Stars are moved by their proper motion to each object's epoch.`;

/** Options that only one of the two uses of the command takes. */
const OF_TABLES = ["input", "output", "format", "ra", "dec", "all", "table", "acceptOverflow"] as const;

const optionName = (option: string) => `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function refuse(options: Options, names: readonly (keyof Options)[], why: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new AppError("BAD_INPUT", `${optionName(given)} ${why}.`);
}

/** @throws AppError BAD_INPUT for text that is no number */
function optionalNumber(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new AppError("BAD_INPUT", `${option} is a number for the objects of a catalogue that say none of their own, not '${text}'.`);
}

async function matchTable(options: Options): Promise<MatchSummary> {
  const { input, output, radius, release, all = false, json, ra, dec, epoch, error } = options;
  refuse(options, ["restart", "batch"], "is for catalogues: a table is matched at once");
  if (input === undefined || output === undefined)
    throw new AppError("BAD_INPUT", "Name a catalogue, or a table and what to write by --input and --output.");
  const format = options.format ?? outputFormat(output);
  const settings = { release: parseRelease(release), radiusArcsec: Number(radius), all, origin: originToday() };
  return withDatabase(
    (database) =>
      withProgress("crossmatch", { json, unit: "objects" }, (onProgress) => {
        const request = { ...settings, positions: { ra, dec, epoch, error }, choice: tableChoice(options), onProgress };
        return matchFile(database, input, request, format, output);
      }),
    EXISTING,
  );
}

async function matchStored(catalogue: string, options: Options): Promise<CatalogueMatches> {
  refuse(options, OF_TABLES, "is for a table, without a catalogue");
  const { radius, release, restart, batch, json } = options;
  const [epoch, errorArcsec] = [optionalNumber("--epoch", options.epoch), optionalNumber("--error", options.error)];
  const settings = { release: parseRelease(release), radiusArcsec: Number(radius), epoch, errorArcsec, restart, rangeSize: batch };
  return withDatabase(
    (database) =>
      withProgress(`crossmatch ${catalogue}`, { json, unit: "objects" }, (onProgress) =>
        matchCatalogue(database, catalogue, { ...settings, onProgress }),
      ),
    EXISTING,
  );
}

const apart = (median: number | null) => (median === null ? "" : `, ${median.toFixed(3)}" apart in the median`);

function describe(
  what: string,
  { release, radius, objects, matched, medianSeparation, ambiguous, shared }: MatchSummary | CatalogueMatches,
) {
  return [
    `${what}: ${matched} of ${objects} objects have a star of DR${release} within ${radius}"${apart(medianSeparation)}`,
    `  ${ambiguous} ambiguous, ${shared} with a star that is another object's best too`,
  ].join("\n");
}

async function run(catalogue: string | undefined, options: Options): Promise<void> {
  if (catalogue !== undefined) {
    const matches = await matchStored(catalogue, options);
    return print(matches, describe(matches.catalogue, matches), options.json);
  }
  const summary = await matchTable(options);
  if (summary.leftOut.length > 0) note(`left out, for they hold arrays: ${summary.leftOut.join(", ")}`);
  print(summary, `${describe(summary.file, summary)}, ${summary.withoutPosition} without a position`, options.json);
}

const defineMatching = (command: Command) =>
  command
    .option("--radius <arcsec>", "farthest that a star may be from an object, at the object's epoch", "1")
    .option("--release <release>", "Gaia data release of the stars", "DR3")
    .option("--epoch <column or year>", "when the objects were seen: Julian years, or JD or MJD (default: Gaia's own epoch)")
    .option("--error <columns or arcsec>", "standard error of the positions along an axis: a number, a column, or two with a comma");

export const defineCrossmatch: DefineCommand = (program) => {
  defineTableChoice(defineMatching(program.command("crossmatch [catalogue]")))
    .description("match the objects of a catalogue, or of a table, with the stars of the database by position and epoch")
    .option("--restart", "forget what an unfinished cross-match of the catalogue has found")
    .option("--batch <objects>", "objects of a catalogue that one transaction matches (default: 10000)", wholeNumber("--batch", 1, 100_000))
    .option("--input <file>", "table with the objects' positions")
    .option("--output <file>", "file to write; replaced where it is there")
    .addOption(new Option("--format <format>", "format of the file (default: by its name)").choices(TABLE_FORMAT_NAMES))
    .option("--ra <column>", "right ascension (default: ra, RAJ2000 and the like)")
    .option("--dec <column>", "declination (default: dec, DEJ2000 and the like)")
    .option("--all", "every star within the radius, a row each, instead of the best")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(run);
};
