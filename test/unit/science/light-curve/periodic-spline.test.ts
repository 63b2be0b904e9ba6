import { smoothPeriodic, splineAt } from "../../../../src/science/light-curve/periodic-spline";
import { Random } from "../../../../src/science/random";

const wave = (phase: number) => 0.4 * Math.sin(2 * Math.PI * phase) + 0.15 * Math.cos(4 * Math.PI * phase);
const PHASES = Array.from({ length: 40 }, (_, index) => (index + 0.3 + 0.4 * Math.sin(7 * index)) / 41).sort((a, b) => a - b);
const GRID = Array.from({ length: 200 }, (_, index) => index / 200);

describe("a smoothing spline over one cycle", () => {
  it("goes through points without scatter, and is the curve between them", () => {
    const spline = smoothPeriodic(PHASES, PHASES.map(wave), 0)!;
    PHASES.forEach((phase) => {
      expect(splineAt(spline, phase)).toBeCloseTo(wave(phase), 6);
    });
    GRID.forEach((phase) => {
      expect(Math.abs(splineAt(spline, phase) - wave(phase))).toBeLessThan(2e-3);
    });
  });

  it("goes on where it began, with the same slope", () => {
    const spline = smoothPeriodic(PHASES, PHASES.map(wave), 0.01)!;
    const [before, at, after] = [1 - 1e-7, 0, 1e-7].map((phase) => splineAt(spline, phase));
    expect(before).toBeCloseTo(at!, 6);
    expect(at! - before!).toBeCloseTo(after! - at!, 11);
  });

  it("leaves the points as far from it as their scatter, and is nearer to the truth than they are", () => {
    const random = new Random(3);
    const noisy = PHASES.map((phase) => wave(phase) + 0.03 * random.normal());
    const spline = smoothPeriodic(PHASES, noisy, 0.03)!;
    const rms = (values: number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    expect(rms(PHASES.map((phase, index) => splineAt(spline, phase) - noisy[index]!))).toBeCloseTo(
      0.03 * Math.sqrt(1 - Math.sqrt(2 / 40)),
      3,
    );
    expect(rms(GRID.map((phase) => splineAt(spline, phase) - wave(phase)))).toBeLessThan(0.025);
  });

  it("takes points of one phase as one", () => {
    const twice = PHASES.flatMap((phase) => [phase, phase]);
    const spline = smoothPeriodic(
      twice,
      twice.map((phase, index) => wave(phase) + (index % 2 ? 0.01 : -0.01)),
      0,
    )!;
    PHASES.forEach((phase) => {
      expect(splineAt(spline, phase)).toBeCloseTo(wave(phase), 6);
    });
  });

  it("is refused fewer than four phases", () => {
    expect(smoothPeriodic([0.1, 0.4, 0.7], [0, 1, 0], 0.1)).toBeNull();
  });
});
