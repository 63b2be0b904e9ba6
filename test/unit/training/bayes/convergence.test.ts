import { ranks } from "../../../../training/bayes/chain-sets";
import { bulkEffectiveSize, rhat, tailEffectiveSize } from "../../../../training/bayes/convergence";
import { normalQuantile } from "../../../../training/bayes/normal-quantile";

/** Autoregressive chains from a linear congruential generator, which any language can repeat. */
function autoregressive(correlation: number, drift: number): Float64Array[] {
  return Array.from({ length: 4 }, (_, chain) => {
    let state = chain + 1;
    const uniform = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    let value = 0;
    return Float64Array.from({ length: 201 }, () => {
      value = correlation * value + (uniform() + uniform() + uniform() + uniform() - 2);
      return value + drift * chain;
    });
  });
}

describe("Convergence of chains", () => {
  // ArviZ 0.23.4: az.rhat, az.ess(method="bulk"), az.ess(method="tail").
  it.each([
    { name: "correlated", correlation: 0.7, drift: 0, golden: [1.0221219963610095, 114.87349216186217, 192.0021082364162] },
    { name: "antithetic", correlation: -0.4, drift: 0, golden: [1.0008561805686704, 2044.2448176877488, 803.9201850705604] },
    { name: "disagreeing", correlation: 0.9, drift: 0.8, golden: [1.1933695453995903, 17.355153409037666, 37.68225860671426] },
  ])("is measured as ArviZ measures it, for $name chains", ({ correlation, drift, golden }) => {
    const chains = autoregressive(correlation, drift);
    const measured = [rhat(chains), bulkEffectiveSize(chains), tailEffectiveSize(chains)];
    measured.forEach((value, index) => {
      expect(value / golden[index]!).toBeCloseTo(1, 8);
    });
  });

  it("sees chains of one mean and different spread", () => {
    const [first, ...others] = autoregressive(0, 0);
    expect(rhat([first!.map((value) => 3 * value), ...others])).toBeGreaterThan(1.05);
    expect(rhat([first!, ...others])).toBeLessThan(1.01);
  });

  it("shares the ranks of equal values", () => {
    expect([...ranks(Float64Array.of(3, 1, 3, 2))]).toEqual([3.5, 1, 3.5, 2]);
  });
});

test("Quantiles of a Gaussian are those of SciPy", () => {
  const golden = [-7.034483825301131, -3.090232306167813, -0.5244005127080409, 0, 2.3263478740408408];
  [1e-12, 0.001, 0.3, 0.5, 0.99].forEach((fraction, index) => {
    expect(normalQuantile(fraction)).toBeCloseTo(golden[index]!, 12);
  });
});
