import { Field, Float, InputType } from "type-graphql";
import type { Release } from "../../catalogue/release";
import { AppError } from "../../errors";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";
import { gaiaZeroPoint, magOfFlux } from "../../science/gaia-photometry";
import { magnitudeError } from "../../science/photometry";
import { SourceId } from "../scalars/source-id";
import { DataRelease } from "../star/star.type";

/** Fitting a thousand points blocks the server for about 20 ms; a Gaia light curve has 50 points. */
export const MAX_GIVEN_POINTS = 1000;

type Numbers = readonly (number | null)[];

const list = (description: string) => Field(() => [Float], { nullable: "itemsAndList", description });

@InputType("LightCurveInput", {
  description:
    "A light curve in G: one that is stored, by `sourceId`, or one that is given, by `time` or `phase` and `mag` or `flux`: lists of one length, at most 1000 long, null where there is no value.",
})
export class LightCurveInput {
  @Field(() => SourceId, { nullable: true, description: "of the star with the stored light curve" })
  readonly sourceId?: bigint | null;

  @Field(() => DataRelease, { defaultValue: DataRelease.DR3, description: "data release of sourceId" })
  readonly release!: Release;

  @Field(() => String, { nullable: true, description: "catalogue of the stored light curve; that of the most points when left out" })
  readonly catalogue?: string | null;

  @list("[d] on any one scale")
  readonly time?: Numbers | null;

  @list("[-] cycles of the period, 0 to 1")
  readonly phase?: Numbers | null;

  @list("[mag]")
  readonly mag?: Numbers | null;

  @list("[mag] standard errors")
  readonly magError?: Numbers | null;

  @list("in any unit; values that are not positive have no magnitude")
  readonly flux?: Numbers | null;

  @list("standard errors, in the unit of flux")
  readonly fluxError?: Numbers | null;

  @Field(() => Float, {
    nullable: true,
    description: "[mag] of flux 1; Gaia DR3's in G, for fluxes in electrons a second, when left out",
  })
  readonly zeroPoint?: number | null;
}

const VALUES = ["time", "phase", "mag", "magError", "flux", "fluxError"] as const;

function fail(message: string): never {
  throw new AppError("BAD_INPUT", `\`lightCurve\` ${message}`);
}

/** @returns the one of two lists that was given @throws AppError BAD_INPUT if both or neither were */
function one<A extends (typeof VALUES)[number], B extends (typeof VALUES)[number]>(given: LightCurveInput, first: A, second: B): A | B {
  if ((given[first] == null) === (given[second] == null))
    fail(`wants either \`${first}\` or \`${second}\`, or the \`sourceId\` of a stored one.`);
  return given[first] == null ? second : first;
}

function checkLengths(given: LightCurveInput): void {
  const lengths = VALUES.flatMap((name) => (given[name] == null ? [] : [[name, given[name].length] as const]));
  const [first] = lengths;
  const odd = lengths.find(([, length]) => length !== first![1]);
  if (odd) fail(`has ${first![1]} values in \`${first![0]}\` and ${odd[1]} in \`${odd[0]}\`: lists of one length are wanted.`);
  if (first![1] > MAX_GIVEN_POINTS) fail(`has ${first![1]} points; ${MAX_GIVEN_POINTS} are taken at most.`);
}

const numbers = (values: Numbers): Float64Array => Float64Array.from(values, (value) => value ?? Number.NaN);

function magnitudes(given: LightCurveInput): Pick<LightCurvePoints, "mag" | "magError"> {
  if (one(given, "mag", "flux") === "mag") {
    if (given.fluxError != null) fail("has `fluxError` beside `mag`: `magError` is wanted.");
    return { mag: numbers(given.mag!), magError: given.magError == null ? null : numbers(given.magError) };
  }
  if (given.magError != null) fail("has `magError` beside `flux`: `fluxError` is wanted.");
  const flux = numbers(given.flux!);
  const errors = given.fluxError == null ? null : numbers(given.fluxError);
  const zeroPoint = given.zeroPoint ?? gaiaZeroPoint(3, "G");
  return {
    mag: flux.map((value) => magOfFlux(value, zeroPoint)),
    magError: errors?.map((error, index) => magnitudeError(flux[index]! / error)) ?? null,
  };
}

/**
 * The points of a light curve given in the query.
 *
 * @returns null if the query names a stored light curve instead
 * @throws AppError BAD_INPUT if it gives both or neither, or too many points
 */
export function givenPoints(given: LightCurveInput): LightCurvePoints | null {
  const anything = VALUES.some((name) => given[name] != null);
  if (given.sourceId != null && anything) fail("is either a stored one, by `sourceId`, or one that is given; not both.");
  if (given.sourceId != null) return null;
  const abscissa = one(given, "time", "phase");
  checkLengths(given);
  return { time: numbers(given[abscissa]!), folded: abscissa === "phase", ...magnitudes(given) };
}
