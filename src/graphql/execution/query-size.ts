import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

/**
 * Counts the fields of an operation with its fragments written out, as a compiler would write them: fragments that
 * double one another make a short text long. Stops counting at the limit, so that the count itself costs no more.
 *
 * @returns how many, at most `limit`
 */
export function countFields(document: DocumentNode, operation: OperationDefinitionNode, limit: number): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let fields = 0;
  const count = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (fields >= limit) return;
      fields++;
      count(selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)?.selectionSet : selection.selectionSet);
    }
  };
  count(operation.selectionSet);
  return fields;
}
