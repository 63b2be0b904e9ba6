import { optionsOf } from "./profiles.ts";

export { predict as default } from "./requests.ts";
export { setup } from "./sample.ts";
export { handleSummary } from "./summary.ts";

/** Predictions on demand, ten stars a request. */
export const options = optionsOf({ p99: 500, smokeRequests: 200, soakRate: 50 });
