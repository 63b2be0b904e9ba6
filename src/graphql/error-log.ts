import type { ApolloServerPlugin } from "@apollo/server";
import { isDatabaseAway } from "../errors";
import { Repeated } from "../telemetry/repeated";
import type { Context } from "./context";
import { isHidden } from "./format-error";

const repeated = new Repeated();

/** Errors that are one event: all of an outage, or one message. */
const eventOf = (error: Error): string => (isDatabaseAway(error) ? "the database is away" : error.message.slice(0, 200));

/** Logs masked errors in full, one of a kind a second with their number, and gives the client the request id to find them. */
export const errorLog: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors.filter(isHidden)) {
          error.extensions.requestId = contextValue.requestId;
          const err = error.originalError ?? error;
          const times = repeated.count(eventOf(err));
          if (times !== null) contextValue.log.error({ err, path: error.path, ...(times > 1 && { times }) }, "a GraphQL field failed");
        }
      },
    };
  },
};
