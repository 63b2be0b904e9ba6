import { Random } from "../../../../src/science/random";
import { mean } from "../../../../src/science/statistics";
import { runChain } from "../../../../training/bayes/chain";
import { Hamiltonian } from "../../../../training/bayes/hamiltonian";
import type { LogDensity } from "../../../../training/bayes/log-density";
import { describePosterior, samplingFaults } from "../../../../training/bayes/posterior";
import { SAMPLER, samplePosterior } from "../../../../training/bayes/sample-posterior";
import { warmupSchedule } from "../../../../training/bayes/warmup";

/** Precision of a Gaussian with standard deviations 1 and 10 and correlation 0.9; its mean is (1, -2). */
const SD = [1, 10];
const CORRELATION = 0.9;
const gaussian: LogDensity = (position, gradient) => {
  const [a, b] = [(position[0]! - 1) / SD[0]!, (position[1]! + 2) / SD[1]!];
  const rest = 1 - CORRELATION ** 2;
  gradient[0] = -(a - CORRELATION * b) / rest / SD[0]!;
  gradient[1] = -(b - CORRELATION * a) / rest / SD[1]!;
  return -0.5 * ((a * a - 2 * CORRELATION * a * b + b * b) / rest);
};

/** Rubin 1981: effects of coaching in eight schools and their standard errors. */
const EFFECTS = [28, 8, -3, 7, -1, 1, 18, 12];
const ERRORS = [15, 10, 16, 11, 9, 11, 10, 18];

/**
 * Eight schools, non-centred: effect = mu + tau z, z ~ N(0, 1), mu ~ N(0, 5), tau ~ half-Cauchy(0, 5).
 * Parameters: mu, log tau, z of the eight.
 */
const eightSchools: LogDensity = (position, gradient) => {
  const [mu, logTau] = position;
  const tau = Math.exp(logTau!);
  let log = -(mu! ** 2) / 50 - Math.log1p((tau / 5) ** 2) + logTau!;
  gradient[0] = -mu! / 25;
  gradient[1] = 1 - (2 * (tau / 5) ** 2) / (1 + (tau / 5) ** 2);
  EFFECTS.forEach((effect, school) => {
    const z = position[2 + school];
    const pull = (effect - mu! - tau * z!) / ERRORS[school]! ** 2;
    log -= z! * z! * 0.5 + 0.5 * pull ** 2 * ERRORS[school]! ** 2;
    gradient[0]! += pull;
    gradient[1]! += pull * tau * z!;
    gradient[2 + school] = pull * tau - z!;
  });
  return log;
};

describe("The No-U-Turn sampler", () => {
  it("draws from a Gaussian of known mean and covariance, and learns its variances", () => {
    const chains = samplePosterior(gaussian, Float64Array.of(0, 0), Float64Array.of(1, 1), { ...SAMPLER, draws: 2000 });
    const posterior = describePosterior(chains, ["a", "b"], (position) => position);
    const [a, b] = posterior.parameters;
    expect(samplingFaults(posterior)).toEqual([]);
    expect(Math.abs(a!.mean - 1)).toBeLessThan(4 * (a!.sd / Math.sqrt(a!.essBulk)));
    expect(Math.abs(b!.mean + 2)).toBeLessThan(4 * (b!.sd / Math.sqrt(b!.essBulk)));
    expect(a!.sd).toBeCloseTo(1, 1);
    expect(b!.sd / 10).toBeCloseTo(1, 1);
    expect(
      mean(posterior.draws[0]!.map((value, draw) => ((value - a!.mean) / a!.sd) * ((posterior.draws[1]![draw]! - b!.mean) / b!.sd))),
    ).toBeCloseTo(CORRELATION, 1);
    expect(Math.sqrt(chains[0]!.inverseMass[1]! / chains[0]!.inverseMass[0]!)).toBeGreaterThan(7);
  });

  it("finds the posterior of the eight schools", () => {
    const start = new Float64Array(10);
    const chains = samplePosterior(
      eightSchools,
      start,
      start.map(() => 1),
      { ...SAMPLER, acceptance: 0.95 },
    );
    const posterior = describePosterior(chains, ["mu", "tau", "theta1"], ([mu, logTau, z]) => [
      mu!,
      Math.exp(logTau!),
      mu! + Math.exp(logTau!) * z!,
    ]);
    const [mu, tau, theta] = posterior.parameters;
    expect(samplingFaults(posterior)).toEqual([]);
    // By quadrature: mu 4.397 +- 3.318, tau 3.598 +- 3.220, theta_1 6.212. Tolerances: three Monte Carlo errors.
    expect(Math.abs(mu!.mean - 4.397)).toBeLessThan(0.25);
    expect(Math.abs(mu!.sd - 3.318)).toBeLessThan(0.2);
    expect(Math.abs(tau!.mean - 3.598)).toBeLessThan(0.2);
    expect(Math.abs(tau!.sd - 3.22)).toBeLessThan(0.25);
    expect(Math.abs(theta!.mean - 6.212)).toBeLessThan(0.3);
  });

  it("gives the same draws for the same seed, and others for another", () => {
    const settings = { warmup: 50, draws: 20, acceptance: 0.8 };
    const run = (seed: number) => [...runChain(gaussian, Float64Array.of(0, 0), settings, new Random(seed)).draws[0]!];
    expect(run(3)).toEqual(run(3));
    expect(run(4)).not.toEqual(run(3));
  });

  it("reports trajectories that leave the true path", () => {
    // Neal's funnel: its neck is too narrow for steps that suit its mouth.
    const funnel: LogDensity = ([v, x], gradient) => {
      const precision = Math.exp(-v!);
      gradient[0] = -v! / 9 - 0.5 + 0.5 * x! * x! * precision;
      gradient[1] = -x! * precision;
      return -(v! * v!) / 18 - 0.5 * v! - 0.5 * x! * x! * precision;
    };
    const chains = samplePosterior(funnel, Float64Array.of(0, 0), Float64Array.of(1, 1), { ...SAMPLER, acceptance: 0.6 });
    const posterior = describePosterior(chains, ["v", "x"], (position) => position);
    expect(posterior.divergences).toBeGreaterThan(0);
    expect(samplingFaults(posterior).join()).toContain("diverged");
  });

  it("refuses a density that has no end, and a start where there is none", () => {
    const flat: LogDensity = (_, gradient) => {
      gradient.fill(0);
      return 0;
    };
    expect(() => runChain(flat, Float64Array.of(0), SAMPLER, new Random(1))).toThrow("may not be proper");
    expect(() => runChain(() => Number.NaN, Float64Array.of(0), SAMPLER, new Random(1))).toThrow("cannot start");
  });
});

describe("Leapfrog steps", () => {
  it("can be taken back, and err in energy by the square of the step", () => {
    const hamiltonian = new Hamiltonian(gaussian, Float64Array.of(1, 100));
    const start = hamiltonian.kick(hamiltonian.at(Float64Array.of(0.3, -1)), new Random(5));
    const drift = (step: number, steps: number) => {
      let point = start;
      for (let index = 0; index < steps; index++) point = hamiltonian.leapfrog(point, step);
      return { point, error: Math.abs(hamiltonian.energy(point) - hamiltonian.energy(start)) };
    };
    const { point, error } = drift(0.02, 10);
    expect(error / drift(0.01, 20).error).toBeCloseTo(4, 0);
    let back = point;
    for (let index = 0; index < 10; index++) back = hamiltonian.leapfrog(back, -0.02);
    back.position.forEach((value, index) => {
      expect(value).toBeCloseTo(start.position[index]!, 10);
    });
  });
});

test("The warm-up's windows are Stan's", () => {
  expect(warmupSchedule(1000)).toEqual({ start: 75, renewals: [100, 150, 250, 450, 950] });
  expect(warmupSchedule(100)).toEqual({ start: 15, renewals: [90] });
  expect(warmupSchedule(10)).toEqual({ start: 10, renewals: [] });
});
