/**
 * Limits the number of distinct values of a label; further values become `other`. Every value is a time series that
 * Prometheus keeps forever. Values come from our own code and never from requests; this protects against mistakes.
 */
export function boundedLabel(most: number): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= most) return "other";
    seen.add(value);
    return value;
  };
}
