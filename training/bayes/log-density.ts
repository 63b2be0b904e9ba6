/**
 * Logarithm of a posterior density, but for a constant, over unconstrained real parameters.
 *
 * @param position [parameters]
 * @param gradient [parameters] is overwritten with the derivative at `position`
 * @returns the logarithm; -Infinity or NaN if the density cannot be computed, which ends a trajectory as divergent
 */
export type LogDensity = (position: Float64Array, gradient: Float64Array) => number;
