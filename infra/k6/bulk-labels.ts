import { optionsOf } from "./profiles.ts";

export { bulkLabels as default } from "./requests.ts";
export { setup } from "./sample.ts";
export { handleSummary } from "./summary.ts";

/** All labels of a survey as a file, for as many clients as statements run at once. */
export const options = optionsOf({ p99: 30000, smokeRequests: 8, soakRate: 1, clients: 4 });
