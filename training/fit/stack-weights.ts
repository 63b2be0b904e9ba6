const STEPS = 5000;
const ENOUGH = 1e-12;

/** @returns the nearest point whose parts are not negative and add up to one (Duchi et al. 2008) */
function onSimplex(point: readonly number[]): number[] {
  const sorted = [...point].sort((a, b) => b - a);
  let sum = 0;
  let excess = 0;
  sorted.forEach((value, index) => {
    sum += value;
    const candidate = (sum - 1) / (index + 1);
    if (value > candidate) excess = candidate;
  });
  return point.map((value) => Math.max(0, value - excess));
}

/** @returns [members, members] mean products of the members' residuals */
function products(members: readonly Float64Array[], reference: Float64Array, rows: Int32Array): number[][] {
  return members.map((a) =>
    members.map((b) => rows.reduce((sum, row) => sum + (a[row]! - reference[row]!) * (b[row]! - reference[row]!), 0) / rows.length),
  );
}

/**
 * The weights, not negative and adding up to one, with which the members' mean misses the reference by least (stacked
 * regressions, Breiman 1996). What they say must be out of fold.
 *
 * @param members [members][all rows]
 * @param rows those that count
 */
export function quantityWeights(members: readonly Float64Array[], reference: Float64Array, rows: Int32Array): number[] {
  let weights = members.map(() => 1 / members.length);
  if (members.length === 1 || rows.length === 0) return weights;
  const cost = products(members, reference, rows);
  const slope = (at: readonly number[]) => cost.map((row) => row.reduce((sum, value, j) => sum + value * at[j]!, 0));
  const rate = 1 / cost.reduce((sum, row, i) => sum + row[i]!, 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = slope(weights);
    const next = onSimplex(weights.map((weight, i) => weight - rate * gradient[i]!));
    const moved = Math.max(...next.map((weight, i) => Math.abs(weight - weights[i]!)));
    weights = next;
    if (moved < ENOUGH) break;
  }
  return weights;
}

/** A probability of nothing at all has no logarithm. */
const LEAST = 1e-9;

/**
 * The weights with which the mixture of the members' probabilities gives the known classes the highest likelihood, by
 * expectation and maximisation.
 *
 * @param members [members][all rows, classes]
 * @param reference [all rows] index of the class
 */
export function classWeights(members: readonly Float64Array[], classes: number, reference: Int32Array, rows: Int32Array): number[] {
  let weights = members.map(() => 1 / members.length);
  if (members.length === 1 || rows.length === 0) return weights;
  for (let step = 0; step < 500; step++) {
    const sums = members.map(() => 0);
    for (const row of rows) {
      const parts = members.map((member, i) => weights[i]! * Math.max(LEAST, member[row * classes + reference[row]!]!));
      const total = parts.reduce((sum, part) => sum + part, 0);
      parts.forEach((part, i) => {
        sums[i]! += part / total;
      });
    }
    const next = sums.map((sum) => sum / rows.length);
    const moved = Math.max(...next.map((weight, i) => Math.abs(weight - weights[i]!)));
    weights = next;
    if (moved < 1e-6) break;
  }
  return weights;
}
