import { optionsOf } from "./profiles.ts";
import { bulkLabels, cone, list, point, predict } from "./requests.ts";
import type { Sample } from "./sample.ts";

export { setup } from "./sample.ts";
export { handleSummary } from "./summary.ts";

/** What a survey team asks in a hundred requests: mostly single stars, now and then a survey's whole table. */
const DAY = [
  { kind: "point", requests: 60, ask: point },
  { kind: "list", requests: 20, ask: list },
  { kind: "cone", requests: 12, ask: cone },
  { kind: "predict", requests: 7, ask: predict },
  { kind: "bulk-labels", requests: 1, ask: bulkLabels },
] as const;
const HUNDRED = DAY.flatMap(({ requests, ask }) => Array.from({ length: requests }, () => ask));

/** A survey team's day: everything at once. */
export const options = optionsOf({ p99: 2000, smokeRequests: 200, soakRate: 50, kinds: DAY.map(({ kind }) => kind) });

/** Strides through the hundred, so that kinds alternate; 37 has no divisor in common with it. */
export default function (sample: Sample): void {
  HUNDRED[(37 * (__ITER + 13 * __VU)) % HUNDRED.length]!(sample);
}
