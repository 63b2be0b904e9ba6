import { optionsOf } from "./profiles.ts";

export { point as default } from "./requests.ts";
export { setup } from "./sample.ts";
export { handleSummary } from "./summary.ts";

/** Stars by their source_id, with labels and cross-matches. */
export const options = optionsOf({ p99: 250, smokeRequests: 400, soakRate: 200 });
