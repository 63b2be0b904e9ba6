import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type ObjectFieldNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Largest number of fields, fragments expanded, that is compiled: a compiled field takes about 5 kB. */
const LARGEST = 500;

/**
 * The size of an operation with its fragments expanded, as the compiler does: nested fragments can make a short text
 * exponentially large.
 *
 * @returns number of selections; counting stops just above the limit
 */
export function writtenOut(document: DocumentNode, operation: OperationDefinitionNode): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  }
  let fields = 0;
  const count = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (++fields > LARGEST) return;
      count(selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection.selectionSet);
    }
  };
  count(operation.selectionSet);
  return fields;
}

/**
 * Whether graphql-jit 0.8.9 would behave differently from graphql-js. It sets omitted variables inside input objects to null
 * instead of leaving them out, and the request hangs if a value matches no type of an interface or union.
 */
function isMisunderstood(schema: GraphQLSchema, document: DocumentNode): boolean {
  let misunderstood = false;
  const types = new TypeInfo(schema);
  const stop = () => {
    misunderstood = true;
    return BREAK;
  };
  const visitor = {
    ObjectField: { enter: ({ value }: ObjectFieldNode) => (value.kind === Kind.VARIABLE ? stop() : undefined) },
    Field: { enter: () => (isAbstractType(getNamedType(types.getType())) ? stop() : undefined) },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  return misunderstood;
}

/** Whether to compile an operation: a query, not too large, and one that graphql-jit executes as graphql-js does. */
export function isCompilable(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  return (
    operation.operation === OperationTypeNode.QUERY && writtenOut(document, operation) <= LARGEST && !isMisunderstood(schema, document)
  );
}
