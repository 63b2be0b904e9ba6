/** None was given and there are only phases; it is no RR Lyrae's; the times do not tell one. */
export type PeriodRefusal = "PERIOD_MISSING" | "PERIOD_IMPOSSIBLE" | "PERIOD_NOT_FOUND";

/**
 * [d] Wider than RR Lyrae stars of any kind are (0.2 to 1.0; Clementini et al. 2023, A&A 674, A18): a period
 * outside is a mistake, one inside but unlike the training stars' is a model's to flag.
 */
export const PERIOD_LIMITS = { min: 0.1, max: 1.5 } as const;

/** @param periodDays [d] NaN where it is not known @returns why it cannot be an RR Lyrae's period, or null */
export function periodFault(periodDays: number): PeriodRefusal | null {
  if (Number.isNaN(periodDays)) return "PERIOD_MISSING";
  return periodDays >= PERIOD_LIMITS.min && periodDays <= PERIOD_LIMITS.max ? null : "PERIOD_IMPOSSIBLE";
}
