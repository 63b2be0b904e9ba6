import type { ApolloServerPlugin } from "@apollo/server";
import { isDatabaseAway } from "../errors";
import { Repeated } from "../telemetry/repeated";
import type { Context } from "./context";
import { isHidden } from "./format-error";

const outages = new Repeated();

/** All errors of an outage are one event, each defect one of its own. */
const timesOf = (error: Error): number | null => (isDatabaseAway(error) ? outages.count("the database is away") : 1);

/** Logs masked errors in full (of an outage one a second, with their number), and gives the client the request id to find them. */
export const errorLog: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors.filter(isHidden)) {
          error.extensions.requestId = contextValue.requestId;
          const err = error.originalError ?? error;
          const times = timesOf(err);
          if (times !== null) contextValue.log.error({ err, path: error.path, ...(times > 1 && { times }) }, "a GraphQL field failed");
        }
      },
    };
  },
};
