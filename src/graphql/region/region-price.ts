import type { ComplexityEstimatorArgs } from "graphql-query-complexity";
import { filterPrice, PRICE } from "../price";
import type { BoxArgs } from "./region.args";

/** [deg] No region reaches further from its middle. */
const LARGEST_DEG = 10;

/** The page of a region, whose candidates cost what its extent says. @param degrees of the radius around its middle */
export const pagePrice = ({ args, childComplexity, node }: ComplexityEstimatorArgs, degrees: number): number =>
  PRICE.page + filterPrice(node) + PRICE.degree * Math.min(LARGEST_DEG, degrees) + (args.first ?? args.limit) * childComplexity;

/** A place on the sky [deg], as arguments give it. */
interface Position {
  readonly ra: number;
  readonly dec: number;
}

/** @returns [deg] the greatest difference in right ascension or declination from the first corner, at most its circle's half */
export function extent([first, ...others]: readonly Position[]): number {
  const apart = (one: Position, other: Position) => {
    const east = Math.abs(one.ra - other.ra) % 360;
    return Math.max(Math.min(east, 360 - east), Math.abs(one.dec - other.dec));
  };
  return first ? Math.max(0, ...others.map((other) => apart(first, other))) : 0;
}

export const cornersOf = ({ raMin, raMax, decMin, decMax }: BoxArgs): Position[] => [
  { ra: raMin, dec: decMin },
  { ra: raMax, dec: decMax },
];
