import { optionsOf } from "./profiles.ts";

export { list as default } from "./requests.ts";
export { setup } from "./sample.ts";
export { handleSummary } from "./summary.ts";

/** Lists of a hundred stars with their labels. */
export const options = optionsOf({ p99: 500, smokeRequests: 100, soakRate: 20 });
