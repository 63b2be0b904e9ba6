import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** A field that a query selects. */
export interface SelectedField {
  readonly parent: GraphQLObjectType | GraphQLInterfaceType;
  readonly field: GraphQLField<unknown, unknown>;
  /** neither it nor an ancestor has @skip or @include */
  readonly certain: boolean;
}

type Place = Pick<GraphQLResolveInfo, "schema" | "fragments">;

/** All fields below a node of a query, fragments expanded; the cost limit has already bounded their number. */
export function* fieldsBelow(
  place: Place,
  type: GraphQLNamedType,
  set: SelectionSetNode | undefined,
  certain = true,
): Generator<SelectedField> {
  for (const selection of set?.selections ?? []) {
    const sure = certain && !selection.directives?.length;
    if (selection.kind !== Kind.FIELD) {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? place.fragments[selection.name.value] : selection;
      const condition = fragment?.typeCondition && place.schema.getType(fragment.typeCondition.name.value);
      yield* fieldsBelow(place, condition ?? type, fragment?.selectionSet, sure);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      const field = type.getFields()[selection.name.value];
      if (!field) continue; // __typename
      yield { parent: type, field, certain: sure };
      yield* fieldsBelow(place, getNamedType(field.type), selection.selectionSet, sure);
    }
  }
}

/** by operation, then by name of the type */
const known = new WeakMap<OperationDefinitionNode, Map<string, readonly GraphQLField<unknown, unknown>[]>>();

/** @returns the distinct fields of a type that the operation selects anywhere: one read serves all its stars */
export function selectedOf(
  info: Pick<GraphQLResolveInfo, "schema" | "fragments" | "operation">,
  typeName: string,
): readonly GraphQLField<unknown, unknown>[] {
  const byType = known.get(info.operation) ?? new Map<string, readonly GraphQLField<unknown, unknown>[]>();
  known.set(info.operation, byType);
  const remembered = byType.get(typeName);
  if (remembered) return remembered;
  const [type, root] = [info.schema.getType(typeName), info.schema.getRootType(info.operation.operation)];
  const fields = new Set<GraphQLField<unknown, unknown>>();
  if (root && isObjectType(type))
    for (const { parent, field } of fieldsBelow(info, root, info.operation.selectionSet)) {
      const own = parent === type || (isInterfaceType(parent) && info.schema.isSubType(parent, type)) ? type.getFields()[field.name] : null;
      if (own) fields.add(own);
    }
  byType.set(typeName, [...fields]);
  return [...fields];
}
