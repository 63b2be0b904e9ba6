import type { LightCurve } from "../../../src/catalogue/light-curve";
import { describeLightCurve } from "../../../src/features/light-curve/describe-light-curve";
import { storedPoints } from "../../../src/features/light-curve/stored-points";
import { lightCurveFigure } from "../../../training/light-curves/figures/light-curve";

const time = Array.from({ length: 40 }, (_, index) => 1700 + 900 * ((index * 0.6180339887) % 1)).sort((a, b) => a - b);
const mag = time.map((one) => 15 + 0.4 * Math.sin((2 * Math.PI * one) / 0.61) + 0.1 * Math.sin((4 * Math.PI * one) / 0.61));
const curve: LightCurve = {
  ...{ catalogue: "a <b> & c", band: "G", folded: false, points: 40, time, mag },
  magError: mag.map(() => 0.02),
  rejected: mag.map((_, index) => index === 3),
};
const draw = (one: LightCurve, days: number | null) =>
  lightCurveFigure({
    star: "Gaia DR3 5",
    curve: one,
    description: describeLightCurve(storedPoints(one), days === null ? null : { days, errorDays: null }),
  });

test("times above, two cycles below, with the fitted series; names are text, never markup", () => {
  const svg = draw(curve, 0.61);
  expect(svg).toMatch(/^<svg xmlns/);
  expect(svg).toContain("a &lt;b&gt; &amp; c");
  expect(svg.match(/<circle/g)).toHaveLength(3 * 40);
  expect(svg.match(/<polyline/g)).toHaveLength(2); // the line and its white edge
  expect(svg).toContain("P = 0.61 d");
  expect(svg).toContain("1 rejected");
});

test("a folded light curve has no times, and one without a period no phases", () => {
  const folded = { ...curve, folded: true, time: time.map((one) => (one / 0.61) % 1) };
  expect(draw(folded, 0.61).match(/<circle/g)).toHaveLength(2 * 40);
  const few = { ...curve, time: time.slice(0, 4), mag: mag.slice(0, 4) };
  const svg = draw(few, null);
  expect(svg.match(/<circle/g)).toHaveLength(4);
  expect(svg).toContain("NO_PERIOD");
});
