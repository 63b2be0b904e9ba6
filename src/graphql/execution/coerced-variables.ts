import { type DocumentNode, GraphQLScalarType, type GraphQLSchema, Kind, type VariableDefinitionNode, visit } from "graphql";

/** What a variable of a compiled query is declared as: whatever graphql-js has made of it. */
const COERCED = new GraphQLScalarType({ name: "asterism_Coerced" });

/**
 * graphql-jit 0.8.9 writes code that reads a variable of an input type field by field, and never ends where the type
 * contains itself as StarFilter does. Variables are coerced by graphql-js before, so it is told of one scalar only.
 *
 * @returns the schema, knowing that scalar too; it must not be printed or validated against
 */
export function knowingCoerced(schema: GraphQLSchema): GraphQLSchema {
  const getType: GraphQLSchema["getType"] = (name) => (name === COERCED.name ? COERCED : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } }) as GraphQLSchema;
}

/** @returns the document with every variable declared as coerced, without the defaults that coercion has put in */
export function declaringCoerced(document: DocumentNode): DocumentNode {
  const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: COERCED.name } } as const;
  return visit(document, {
    VariableDefinition: { enter: ({ kind, variable }): VariableDefinitionNode => ({ kind, variable, type }) },
  });
}
