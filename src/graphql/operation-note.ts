import { performance } from "node:perf_hooks";
import type { ApolloServerPlugin } from "@apollo/server";
import { Kind, type OperationDefinitionNode } from "graphql";
import { operationExecuted } from "../telemetry/signals";
import type { Context } from "./context";

/** What a log line and a measurement may say of a request: filled in as it is understood. */
export interface OperationNote {
  /** the root field of the schema that was asked for; `several`, or empty where nothing was understood */
  kind: string;
  /** as the client named its operation; null where it did not */
  name: string | null;
  /** codes of the errors that were answered */
  readonly codes: string[];
}

export const emptyNote = (): OperationNote => ({ kind: "", name: null, codes: [] });

/** A validated operation's fields are the schema's, so there are as many kinds as it has root fields. */
function kindOf({ selectionSet }: OperationDefinitionNode): string {
  const [first, ...rest] = selectionSet.selections;
  return first?.kind === Kind.FIELD && rest.length === 0 ? first.name.value : "several";
}

/** Notes what a request asked for, so that the server can log and measure it by what it was. */
export const noteOperation: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, operationName, contextValue: { note } }) {
        if (operation) note.kind = kindOf(operation);
        note.name = operationName;
      },
      async executionDidStart() {
        if (!operationExecuted.heard) return;
        const startedAt = performance.now();
        return {
          async executionDidEnd(error) {
            operationExecuted.tell({ startedAt, milliseconds: performance.now() - startedAt, failed: error !== undefined });
          },
        };
      },
      async willSendResponse({ response: { body }, contextValue: { note } }) {
        if (body.kind !== "single") return;
        for (const { extensions } of body.singleResult.errors ?? []) note.codes.push(String(extensions?.code));
      },
    };
  },
};
