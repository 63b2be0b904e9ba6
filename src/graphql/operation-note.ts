import type { ApolloServerPlugin } from "@apollo/server";
import { Kind, type OperationDefinitionNode } from "graphql";

/** What logs and metrics may record about a request; filled in while it is processed. */
export interface OperationNote {
  /** the query's root field; `several` if there are more, empty if the query could not be parsed */
  kind: string;
  /** the client's name of the operation, or null */
  name: string | null;
  /** codes of the errors in the answer */
  readonly codes: string[];
}

export const emptyNote = (): OperationNote => ({ kind: "", name: null, codes: [] });

/** The operation is validated, so there are no more kinds than root fields in the schema. */
function kindOf({ selectionSet }: OperationDefinitionNode): string {
  const [first, ...rest] = selectionSet.selections;
  return first?.kind === Kind.FIELD && rest.length === 0 ? first.name.value : "several";
}

/** Notes the operation that a request executes. */
export function describeOperation(note: OperationNote, operation: OperationDefinitionNode): void {
  note.kind = kindOf(operation);
  note.name = operation.name?.value ?? null;
}

/** Notes what a request asks for, so that the server can log and measure requests by kind. */
export const noteOperation: ApolloServerPlugin<{ readonly note: OperationNote }> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, contextValue: { note } }) {
        if (operation) describeOperation(note, operation);
      },
      async willSendResponse({ response: { body }, contextValue: { note } }) {
        if (body.kind !== "single") return;
        for (const { extensions } of body.singleResult.errors ?? []) note.codes.push(String(extensions?.code));
      },
    };
  },
};
