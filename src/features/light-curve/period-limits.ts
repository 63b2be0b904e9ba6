import type { Refusal } from "../../catalogue/refusals";

/** No period is given and there are only phases; it cannot be that of an RR Lyrae star; none was found in the times. */
export type PeriodRefusal = Extract<Refusal, "PERIOD_MISSING" | "PERIOD_IMPOSSIBLE" | "PERIOD_NOT_FOUND">;

/**
 * [d] Wider than the range of all RR Lyrae stars (0.2 to 1.0; Clementini et al. 2023, A&A 674, A18): a period outside is a
 * mistake; one inside but outside the training range is flagged by the model.
 */
export const PERIOD_LIMITS = { min: 0.1, max: 1.5 } as const;

/** @param periodDays [d] NaN if unknown @returns why it cannot be the period of an RR Lyrae star, or null */
export function periodFault(periodDays: number): PeriodRefusal | null {
  if (Number.isNaN(periodDays)) return "PERIOD_MISSING";
  return periodDays >= PERIOD_LIMITS.min && periodDays <= PERIOD_LIMITS.max ? null : "PERIOD_IMPOSSIBLE";
}
