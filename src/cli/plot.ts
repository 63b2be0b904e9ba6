import { Option } from "commander";
import { lightCurveFigure } from "../../training/light-curves/figures/light-curve";
import { writeAtomically } from "../catalogue/bulk/atomic-file";
import { type LightCurve, lightCurvesOf } from "../catalogue/light-curve";
import { parseRelease, type Release } from "../catalogue/release";
import { variabilityOf } from "../catalogue/variability";
import { AppError } from "../errors";
import { describeLightCurve } from "../features/light-curve/describe-light-curve";
import { PERIOD_LIMITS, periodFault } from "../features/light-curve/period-limits";
import { storedPoints } from "../features/light-curve/stored-points";
import { readSourceId } from "../science/source-id";
import { type DefineCommand, print, withDatabase } from "./command";

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
  throw new AppError("BAD_INPUT", `${id.of(text)}.`);
}

function periodOf(text: string): number {
  const days = text.trim() === "" ? Number.NaN : Number(text);
  if (periodFault(days) === null) return days;
  const { min, max } = PERIOD_LIMITS;
  throw new AppError("BAD_INPUT", `--period must be that of an RR Lyrae star, ${min} to ${max} days, not '${text}'.`);
}

/** @throws AppError NOT_FOUND listing the star's light curves */
function choose(curves: readonly LightCurve[], sourceId: bigint, { release, band, catalogue }: Options): LightCurve {
  const wanted = curves.filter((one) => one.band === band && (catalogue === undefined || one.catalogue === catalogue));
  const curve = wanted.toSorted((a, b) => b.points - a.points)[0];
  if (curve) return curve;
  const there = curves.map((one) => `${one.band} of ${one.catalogue}`).join(", ") || "none";
  throw new AppError("NOT_FOUND", `DR${release} source ${sourceId} has no light curve in ${band}. There are: ${there}.`);
}

/** Draws a star's light curve, folded with its known period or one that is searched for. */
async function plotLightCurve(sourceId: bigint, options: Options) {
  const { release, output } = options;
  const [curve, known] = await withDatabase(async (database) => {
    const [[curves], [variability]] = [
      await lightCurvesOf(database, release, [sourceId]),
      await variabilityOf(database, release, [sourceId]),
    ];
    return [choose(curves!, sourceId, options), variability!.find(({ period }) => period !== null)] as const;
  });
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
