import { type Match, MatchBack } from "../../../../src/science/crossmatch/match-back";
import { separationError } from "../../../../src/science/crossmatch/match-error";
import { matchFlagNames } from "../../../../src/science/crossmatch/match-flags";
import type { MatchObject, MatchStar, Neighbour } from "../../../../src/science/crossmatch/match-object";
import { rankNeighbours } from "../../../../src/science/crossmatch/rank-neighbours";

const STAR: MatchStar = {
  sourceId: 1n,
  raDeg: 0,
  decDeg: 0,
  refEpoch: 2016,
  pmra: 0,
  pmdec: 0,
  raErrorMas: 30,
  decErrorMas: 40,
  pmraError: 3,
  pmdecError: 4,
};
const OBJECT: MatchObject = { raDeg: 0, decDeg: 0, epoch: 2006, errorArcsec: 0.1 };

const neighbour = (sourceId: bigint, separation: number, error: number | null, star: Partial<MatchStar> = {}): Neighbour => ({
  star: { ...STAR, sourceId, ...star },
  separation,
  error,
});
const ids = (found: readonly Neighbour[]) => rankNeighbours(OBJECT, found).map(({ sourceId }) => sourceId);
const flags = (object: MatchObject, found: readonly Neighbour[]) => matchFlagNames(rankNeighbours(object, found)[0]!.flags);

test("the error of a separation adds the object's, the star's and that of its motion in ten years", () => {
  // Mean variance of 30 and 40 mas: 35.36^2; of 3 and 4 mas/yr in 10 years as much again.
  expect(separationError(OBJECT, STAR)).toBeCloseTo(Math.hypot(0.1, 0.03536, 0.03536), 5);
  expect(separationError({ ...OBJECT, epoch: null }, STAR)).toBeCloseTo(Math.hypot(0.1, 0.03536), 5);
  expect(separationError(OBJECT, { ...STAR, raErrorMas: null, decErrorMas: null, pmraError: null, pmdecError: null })).toBe(0.1);
});

test("without an error of the object there is none of the separation, nor for one that is no error", () => {
  for (const errorArcsec of [null, 0, -1, Number.NaN]) expect(separationError({ ...OBJECT, errorArcsec }, STAR)).toBeNull();
});

test("the likeliest star is the best, which need not be the nearest", () => {
  expect(ids([neighbour(1n, 0.4, 0.1), neighbour(2n, 0.5, 0.3)])).toEqual([2n, 1n]);
  expect(ids([neighbour(1n, 0.5, null), neighbour(2n, 0.4, null)])).toEqual([2n, 1n]);
  expect(ids([neighbour(5n, 0.4, null), neighbour(2n, 0.4, null)])).toEqual([2n, 5n]);
});

test("rank, number of neighbours and significance are told", () => {
  const [best, second] = rankNeighbours(OBJECT, [neighbour(1n, 0.5, 0.1), neighbour(2n, 0.1, 0.1)]);
  expect(best).toMatchObject({ sourceId: 2n, rank: 1, neighbours: 2, significance: 1 });
  expect(second).toMatchObject({ sourceId: 1n, rank: 2, neighbours: 2, significance: 5 });
  expect(rankNeighbours(OBJECT, [neighbour(1n, 0.5, null)])[0]).toMatchObject({ significance: null, error: null });
});

test("a match is ambiguous while the second star is at least a hundredth as likely, or nobody can tell", () => {
  // exp(-(3.03^2) / 2) = 0.0101, exp(-(3.04^2) / 2) = 0.0098
  expect(flags(OBJECT, [neighbour(1n, 0, 0.1), neighbour(2n, 0.303, 0.1)])).toEqual(["AMBIGUOUS"]);
  expect(flags(OBJECT, [neighbour(1n, 0, 0.1), neighbour(2n, 0.304, 0.1)])).toEqual([]);
  expect(flags(OBJECT, [neighbour(1n, 0, null), neighbour(2n, 0.9, null)])).toEqual(["AMBIGUOUS"]);
  expect(flags(OBJECT, [neighbour(1n, 0.9, null)])).toEqual([]);
});

test("a missing proper motion or epoch is flagged", () => {
  expect(flags(OBJECT, [neighbour(1n, 0, 0.1, { pmra: null })])).toEqual(["NO_PROPER_MOTION"]);
  expect(flags({ ...OBJECT, epoch: null }, [neighbour(1n, 0, 0.1, { pmra: null })])).toEqual(["NO_EPOCH"]);
});

test("a star that is the best of several objects is shared, and fits one of them best", () => {
  const found = [[neighbour(7n, 0.3, 0.1)], [neighbour(7n, 0.1, 0.1)], [neighbour(8n, 0.1, 0.1), neighbour(7n, 0.4, 0.1)]];
  const ranked = found.map((one) => rankNeighbours(OBJECT, one));
  const back = new MatchBack();
  for (const [object, one] of ranked.entries()) back.add(object, one);
  const said = ({ sourceId, mates, bestForStar }: Match) => [sourceId, mates, bestForStar];
  expect(ranked.map((one, object) => one.map((each) => said(back.match(object, each))))).toEqual([
    [[7n, 1, false]],
    [[7n, 1, true]],
    [
      [8n, 0, true],
      [7n, 2, false],
    ],
  ]);
  expect(matchFlagNames(back.match(0, ranked[0]![0]!).flags)).toEqual(["SHARED"]);
});
