import { type Folding, foldLightCurve } from "../../../../src/features/light-curve/fold-light-curve";

const PERIOD = 0.55;

/** Points of a sinusoid at regular phases, with whatever a test replaces. */
function points(count: number, over: { phase?: number[]; mag?: number[] } = {}) {
  const phase = over.phase ?? Array.from({ length: count }, (_, point) => point / count);
  const mag = over.mag ?? phase.map((one) => 15 + 0.4 * Math.sin(2 * Math.PI * one));
  return { time: phase, folded: true, mag, magError: null };
}

const doubts = (folding: Folding) => (folding.refusal === null ? folding.doubts : folding.refusal);

describe("folding a light curve", () => {
  test("sorts the points by phase, each between 0 and 1", () => {
    const { curve } = foldLightCurve({ ...points(30), time: points(30).time.map((phase) => ((phase * 7) % 1) - 3) }, PERIOD);
    expect([...curve!.phase]).toEqual([...curve!.phase].sort());
    expect(Math.min(...curve!.phase)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...curve!.phase)).toBeLessThan(1);
  });

  test("times and phases of the same observations give the same curve", () => {
    const { time, mag } = points(40);
    const observed = foldLightCurve(
      { time: time.map((phase, index) => (phase + index) * PERIOD), folded: false, mag, magError: null },
      PERIOD,
    );
    const folded = foldLightCurve(points(40), PERIOD);
    expect([...observed.curve!.mag]).toEqual([...folded.curve!.mag]);
    observed.curve!.phase.forEach((phase, point) => {
      expect(phase).toBeCloseTo(folded.curve!.phase[point]!, 9);
    });
  });

  test("points that a table repeats one cycle later count once, and are no fault", () => {
    const once = points(30);
    const phase = [...once.time, ...once.time.slice(0, 5).map((one) => one + 1)];
    const folding = foldLightCurve(points(35, { phase, mag: [...once.mag, ...once.mag.slice(0, 5)] }), PERIOD);
    expect(folding.curve?.phase.length).toBe(30);
    expect(doubts(folding)).toEqual([]);
  });

  test.each([0, 1, 3, 7])("refuses a light curve of %i points", (count) => {
    expect(foldLightCurve(points(count), PERIOD).refusal).toBe(count === 0 ? "NO_POINTS" : "TOO_FEW_POINTS");
  });

  test.each([0, -0.5, 1e9, Infinity])("refuses the period %d", (period) => {
    expect(foldLightCurve(points(30), period).refusal).toBe("PERIOD_IMPOSSIBLE");
  });

  test("refuses folded points without a period", () => {
    expect(foldLightCurve(points(30), Number.NaN).refusal).toBe("PERIOD_MISSING");
  });

  test("finds the period of points with times", () => {
    const time = Array.from({ length: 60 }, (_, point) => (point * 7.77) % 431);
    const mag = time.map((one) => 15 + 0.4 * Math.sin((2 * Math.PI * one) / PERIOD));
    const folding = foldLightCurve({ time, folded: false, mag, magError: null }, Number.NaN);
    expect(folding.curve?.periodDays).toBeCloseTo(PERIOD, 4);
    expect(foldLightCurve({ time: time.map(() => 3), folded: false, mag, magError: null }, Number.NaN).refusal).toBe("PERIOD_NOT_FOUND");
  });

  test("doubts a period that folds the points to no curve", () => {
    const time = Array.from({ length: 40 }, (_, point) => (point * point * 7.77) % 431);
    const mag = time.map((one) => 15 + 0.4 * Math.sin((2 * Math.PI * one) / PERIOD));
    expect(doubts(foldLightCurve({ time, folded: false, mag, magError: null }, PERIOD))).toEqual([]);
    expect(doubts(foldLightCurve({ time, folded: false, mag, magError: null }, 0.47))).toEqual(["PERIOD_DOUBTFUL"]);
  });

  test("leaves out points that are not numbers, and says so", () => {
    const mag = points(30).mag.map((value, index) => (index % 5 === 0 ? Number.NaN : value));
    const folding = foldLightCurve(points(30, { mag }), PERIOD);
    expect(folding.curve?.mag.length).toBe(24);
    expect(doubts(folding)).toEqual(["POINTS_LEFT_OUT"]);
  });

  test("refuses a light curve of which no magnitude is a number", () => {
    expect(foldLightCurve(points(30, { mag: new Array(30).fill(Number.NaN) }), PERIOD).refusal).toBe("NO_POINTS");
  });

  test("keeps one of several points at the same time, and says so", () => {
    const time = points(30).time.map((phase, index) => (index % 10 === 1 ? points(30).time[index - 1]! : phase) * PERIOD);
    const folding = foldLightCurve({ ...points(30), time, folded: false }, PERIOD);
    expect(folding.curve?.phase.length).toBe(27);
    expect(doubts(folding)).toEqual(["POINTS_LEFT_OUT"]);
  });

  test("keeps one of several folded points at the same phase, and says so", () => {
    const phase = points(30).time.map((one, index) => (index === 7 ? points(30).time[6]! : one));
    const folding = foldLightCurve(points(30, { phase, mag: points(30).mag }), PERIOD);
    expect(folding.curve?.phase.length).toBe(29);
    expect(doubts(folding)).toEqual(["POINTS_LEFT_OUT"]);
  });

  test.each([99, -99, 0, -3.2])("leaves out the magnitude %d among ones of 15, and says so", (wrong) => {
    const mag = points(30).mag.map((value, index) => (index === 11 ? wrong : value));
    const folding = foldLightCurve(points(30, { mag }), PERIOD);
    expect(folding.curve?.mag.length).toBe(29);
    expect(doubts(folding)).toEqual(["POINTS_LEFT_OUT"]);
  });

  test("refuses points that are all at the same time, or phase", () => {
    const same = points(30, { phase: new Array(30).fill(0.3), mag: points(30).mag });
    expect(foldLightCurve({ ...same, folded: false }, PERIOD).refusal).toBe("TOO_FEW_POINTS");
    expect(foldLightCurve(same, PERIOD).refusal).toBe("TOO_FEW_POINTS");
  });

  test("refuses a star that does not vary", () => {
    expect(foldLightCurve(points(30, { mag: new Array(30).fill(15) }), PERIOD).refusal).toBe("NO_VARIATION");
  });

  test("doubts few points and a gap in the cycle, and refuses half a cycle without a point", () => {
    const part = (share: number) => points(15, { phase: points(15).time.map((phase) => phase * share) });
    expect(doubts(foldLightCurve(part(0.75), PERIOD))).toEqual(["FEW_POINTS", "PHASE_GAP"]);
    expect(foldLightCurve(part(0.3), PERIOD).refusal).toBe("PHASE_GAP_TOO_LARGE");
  });

  test("a point without an error of its own gets the median of the others'", () => {
    const magError = new Array(30).fill(0.01).map((error, index) => (index < 3 ? [Number.NaN, 0, -1][index]! : error));
    const { curve } = foldLightCurve({ ...points(30), magError }, PERIOD);
    expect([...curve!.magError!]).toEqual(new Array(30).fill(0.01));
  });
});
