import { optionsOf } from "./profiles.ts";

export { cone as default } from "./requests.ts";
export { setup } from "./sample.ts";
export { handleSummary } from "./summary.ts";

/** Cone searches, small and wide. */
export const options = optionsOf({ p99: 500, smokeRequests: 200, soakRate: 50 });
