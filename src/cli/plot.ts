import { Option } from "commander";
import { lightCurveFigure } from "../../training/light-curves/figures/light-curve";
import { writeAtomically } from "../catalogue/bulk/atomic-file";
import { type LightCurve, lightCurvesOf } from "../catalogue/light-curve";
import { parseRelease, RELEASES, type Release } from "../catalogue/release";
import { variabilityOf } from "../catalogue/variability";
import type { Database } from "../database/database";
import { AppError } from "../errors";
import { describeLightCurve } from "../features/light-curve/describe-light-curve";
import { PERIOD_LIMITS, periodFault } from "../features/light-curve/period-limits";
import { storedPoints } from "../features/light-curve/stored-points";
import { readSourceId } from "../science/source-id";
import { type DefineCommand, EXISTING, print, withDatabase } from "./command";

interface Options {
  readonly release: Release;
  readonly band: string;
  readonly catalogue?: string;
  readonly period?: number;
  readonly output: string;
  readonly json?: boolean;
}

function sourceIdOf(text: string, release: Release): bigint {
  const id = readSourceId(text.trim(), release);
  if (typeof id === "bigint") return id;
  const said = RELEASES.find((one) => typeof readSourceId(text.trim(), one) === "bigint");
  const option = said === undefined ? "" : ` Here: --release ${said}.`;
  throw new AppError("BAD_INPUT", `${id.of(text)}.${option}`);
}

function periodOf(text: string): number {
  const days = text.trim() === "" ? Number.NaN : Number(text);
  if (periodFault(days) === null) return days;
  const { min, max } = PERIOD_LIMITS;
  throw new AppError("BAD_INPUT", `--period must be that of an RR Lyrae star, ${min} to ${max} days, not '${text}'.`);
}

/** An id that has no light curve in one release may be meant in another. @returns a sentence with a space before it, or nothing */
async function elsewhere(database: Database, release: Release, sourceId: bigint): Promise<string> {
  for (const one of RELEASES) {
    if (one === release) continue;
    const curves = (await lightCurvesOf(database, one, [sourceId]))[0]!;
    if (curves.length > 0) return ` The DR${one} source of this id has some: add --release ${one}.`;
  }
  return "";
}

/** @returns the curve that is meant; null if it is not there */
function chosen(curves: readonly LightCurve[], { band, catalogue }: Options): LightCurve | null {
  const wanted = curves.filter((one) => one.band === band && (catalogue === undefined || one.catalogue === catalogue));
  return wanted.toSorted((a, b) => b.points - a.points)[0] ?? null;
}

/** @throws AppError NOT_FOUND listing the star's light curves, and a release that has some */
async function readStored(database: Database, sourceId: bigint, options: Options) {
  const { release, band } = options;
  const curves = (await lightCurvesOf(database, release, [sourceId]))[0]!;
  const curve = chosen(curves, options);
  if (curve === null) {
    const there = curves.map((one) => `${one.band} of ${one.catalogue}`).join(", ") || "none";
    const other = await elsewhere(database, release, sourceId);
    throw new AppError("NOT_FOUND", `DR${release} source ${sourceId} has no light curve in ${band}. There are: ${there}.${other}`);
  }
  const variability = (await variabilityOf(database, release, [sourceId]))[0]!;
  return { curve, known: variability.find(({ period }) => period !== null) };
}

/** Draws a star's light curve, folded with its known period or one that is searched for. */
async function plotLightCurve(sourceId: bigint, options: Options) {
  const { release, output } = options;
  const { curve, known } = await withDatabase((database) => readStored(database, sourceId, options), EXISTING);
  const days = options.period ?? known?.period ?? null;
  const description = describeLightCurve(storedPoints(curve), days === null ? null : { days, errorDays: null });
  if (curve.folded && description.period === null)
    throw new AppError(
      "BAD_INPUT",
      `Of DR${release} source ${sourceId} phases alone are stored, and no period of an RR Lyrae star. Name one by --period.`,
    );
  const svg = lightCurveFigure({ star: `Gaia DR${release} ${sourceId}`, curve, description });
  await writeAtomically(output, (write) => write(svg));
  const { catalogue, band, points } = curve;
  return { sourceId, release, band, catalogue, points, period: description.period?.days ?? null, flags: description.flags, output };
}

export const definePlot: DefineCommand = (program) => {
  const plot = program.command("plot").description("draw a figure of stored data");
  plot
    .command("light-curve <source-id>")
    .description("draw a star's light curve as SVG; where a period is known or found, also folded, with its Fourier series")
    .addOption(new Option("--release <release>", "Gaia data release of the source_id").argParser(parseRelease).default(3, "DR3"))
    .option("--band <band>", "such as G, BP or RP", "G")
    .option("--catalogue <name>", "whose light curve (default: the one with the most points)")
    .option("--period <days>", "to fold with (default: that of `variability`; without one it is searched for)", periodOf)
    .requiredOption("--output <file>", "SVG file to write; an existing one is replaced")
    .option("--json", "print what was drawn as JSON")
    .action(async (text: string, options: Options) => {
      const drawn = await plotLightCurve(sourceIdOf(text, options.release), options);
      const folded = drawn.period === null ? "no period was found" : `folded with ${drawn.period} d`;
      print(drawn, `${drawn.output}: ${drawn.points} points, ${folded}.`, options.json);
    });
};
