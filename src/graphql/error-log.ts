import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "./context";
import { isHidden } from "./format-error";

/** Logs masked errors in full, and gives the client the request id to find them. */
export const errorLog: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors.filter(isHidden)) {
          error.extensions.requestId = contextValue.requestId;
          contextValue.log.error({ err: error.originalError ?? error, path: error.path }, "a GraphQL field failed");
        }
      },
    };
  },
};
