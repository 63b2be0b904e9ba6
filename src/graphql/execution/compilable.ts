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

/** Fields, fragments written out, that are compiled at most: a compiled field keeps some 5 kB of code. */
const LARGEST = 500;

/**
 * How large an operation is once its fragments are written out, as the compiler writes them: fragments that double one
 * another make a short text long.
 *
 * @returns selections, counted no further than what is compiled
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
 * Whether graphql-jit 0.8.9 would do something else than graphql-js. It makes null what stands within an input object and
 * was left out, which has to be absent; and where an answer fits no type of an interface or a union, its request hangs.
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

/** Whether an operation may be compiled: what changes something is not, nor what is too large or would mean something else. */
export function isCompilable(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
  return (
    operation.operation === OperationTypeNode.QUERY && writtenOut(document, operation) <= LARGEST && !isMisunderstood(schema, document)
  );
}
