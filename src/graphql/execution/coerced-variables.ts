import { type DocumentNode, GraphQLScalarType, type GraphQLSchema, Kind, type VariableDefinitionNode, visit } from "graphql";

/** The declared type of all variables in compiled queries: any value that graphql-js has already coerced. */
const COERCED = new GraphQLScalarType({ name: "asterism_Coerced" });

/**
 * graphql-jit 0.8.9 generates code that reads a variable of an input type field by field, and never finishes for a recursive
 * type such as StarFilter. graphql-js coerces variables beforehand, so graphql-jit sees a single scalar type instead.
 *
 * @returns the schema with that scalar; do not print it or validate against it
 */
export function knowingCoerced(schema: GraphQLSchema): GraphQLSchema {
  const getType: GraphQLSchema["getType"] = (name) => (name === COERCED.name ? COERCED : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } }) as GraphQLSchema;
}

/** @returns the document with every variable declared as coerced, without defaults, which coercion has applied */
export function declaringCoerced(document: DocumentNode): DocumentNode {
  const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED.name } } as const;
  return visit(document, {
    VariableDefinition: { enter: ({ kind, variable }): VariableDefinitionNode => ({ kind, variable, type }) },
  });
}
