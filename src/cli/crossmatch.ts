import { Option } from "commander";
import { type MatchSummary, matchFile } from "../catalogue/position-match/match-file";
import { parseRelease } from "../catalogue/release";
import type { TableChoice } from "../formats/open-table";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../formats/table-formats";
import { originToday } from "../server/bulk/origin";
import { type DefineCommand, note, print, withDatabase } from "./command";
import { outputFormat } from "./output-format";
import { withProgress } from "./progress";
import { defineTableChoice, tableChoice } from "./table-choice";

interface Options extends TableChoice {
  readonly input: string;
  readonly output: string;
  readonly format?: TableFormatName;
  readonly radius: string;
  readonly release: string;
  readonly ra?: string;
  readonly dec?: string;
  readonly epoch?: string;
  readonly error?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

const HELP = `
The input: CSV, ECSV, VOTable, FITS or Parquet, also gzipped or in a zip or tar archive; up to a million rows. Positions may be
in any unit of angle that the table states; without one they are degrees.
Stars are moved by their proper motion to each object's epoch. The output has the input's columns and order, and the star of
each object: source_id, separation ["], its error and significance, rank, neighbours, mates and match_flags.`;

async function run({ input, output, format: wanted, radius, release, all = false, json, ...options }: Options): Promise<MatchSummary> {
  const format = wanted ?? outputFormat(output);
  const { ra, dec, epoch, error } = options;
  const settings = { release: parseRelease(release), radiusArcsec: Number(radius), all, origin: originToday() };
  return withDatabase(
    (database) =>
      withProgress("crossmatch", { json, unit: "objects" }, (onProgress) => {
        const request = { ...settings, positions: { ra, dec, epoch, error }, choice: tableChoice(options), onProgress };
        return matchFile(database, input, request, format, output);
      }),
    { reads: true },
  );
}

function describe({ file, objects, matched, radius, release, ...summary }: MatchSummary): string {
  const apart = summary.medianSeparation === null ? "" : `, ${summary.medianSeparation.toFixed(3)}" apart in the median`;
  return [
    `${file}: ${matched} of ${objects} objects have a star of DR${release} within ${radius}"${apart}`,
    `  ${summary.ambiguous} ambiguous, ${summary.shared} with a star that is another object's best too, ${summary.withoutPosition} without a position`,
  ].join("\n");
}

export const defineCrossmatch: DefineCommand = (program) => {
  defineTableChoice(program.command("crossmatch"))
    .description("match the objects of a table with the stars of the database, by position and epoch")
    .requiredOption("--input <file>", "table with the objects' positions")
    .requiredOption("--output <file>", "file to write; replaced where it is there")
    .addOption(new Option("--format <format>", "format of the file (default: by its name)").choices(TABLE_FORMAT_NAMES))
    .option("--radius <arcsec>", "farthest that a star may be from an object, at the object's epoch", "1")
    .option("--release <release>", "Gaia data release of the stars", "DR3")
    .option("--ra <column>", "right ascension (default: ra, RAJ2000 and the like)")
    .option("--dec <column>", "declination (default: dec, DEJ2000 and the like)")
    .option("--epoch <column or year>", "when the objects were seen: Julian years, or JD or MJD (default: Gaia's own epoch)")
    .option("--error <columns or arcsec>", "standard error of the positions along an axis: a number, a column, or two with a comma")
    .option("--all", "every star within the radius, a row each, instead of the best")
    .option("--json", "print a summary as JSON")
    .addHelpText("after", HELP)
    .action(async (options: Options) => {
      const summary = await run(options);
      if (summary.leftOut.length > 0) note(`left out, for they hold arrays: ${summary.leftOut.join(", ")}`);
      print(summary, describe(summary), options.json);
    });
};
