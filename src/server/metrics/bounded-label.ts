/**
 * Keeps a label's values to so many, the rest becoming `other`: every value is a time series that Prometheus keeps for
 * ever. What is labelled comes from a list of ours and never from a request; this holds should that ever be wrong.
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
