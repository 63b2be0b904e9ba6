import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";

/** A variable used by @skip or @include, and its default value. */
interface Condition {
  readonly variable: string;
  readonly fallback: boolean | undefined;
}

/** Values of these variables, by name. */
export type Decisions = ReadonlyMap<string, boolean>;

const isConditional = ({ name }: DirectiveNode) => name.value === GraphQLSkipDirective.name || name.value === GraphQLIncludeDirective.name;

function findConditions(document: DocumentNode, operation: OperationDefinitionNode): Condition[] {
  const asked = new Set<string>();
  visit(document, {
    Directive(directive) {
      const value = isConditional(directive) ? directive.arguments?.[0]?.value : undefined;
      if (value?.kind === Kind.VARIABLE) asked.add(value.name.value);
    },
  });
  const declared = (operation.variableDefinitions ?? []).filter(({ variable }) => asked.has(variable.name.value));
  return declared.map(({ variable, defaultValue }) => ({
    variable: variable.name.value,
    fallback: defaultValue?.kind === Kind.BOOLEAN ? defaultValue.value : undefined,
  }));
}

const known = new WeakMap<OperationDefinitionNode, readonly Condition[]>();

/** @returns the values of these variables; null if one is not a boolean */
export function decide(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Decisions | null {
  const conditions = known.get(operation) ?? findConditions(document, operation);
  known.set(operation, conditions);
  const decisions = new Map<string, boolean>();
  for (const { variable, fallback } of conditions) {
    const value = variables[variable] === undefined ? fallback : variables[variable];
    if (typeof value !== "boolean") return null;
    decisions.set(variable, value);
  }
  return decisions;
}

/** Whether a node is kept: no @skip is true and no @include is false. */
function stays(directives: readonly DirectiveNode[], decisions: Decisions): boolean {
  return directives.filter(isConditional).every((directive) => {
    const condition = directive.arguments?.[0]?.value;
    const holds =
      condition?.kind === Kind.VARIABLE ? decisions.get(condition.name.value) : condition?.kind === Kind.BOOLEAN && condition.value;
    return holds === (directive.name.value === GraphQLIncludeDirective.name);
  });
}

/** @returns the document with one operation, @skip and @include resolved and removed */
export function withDecisions(document: DocumentNode, operation: OperationDefinitionNode, decisions: Decisions): DocumentNode {
  const definitions = document.definitions.filter((one) => one === operation || one.kind === Kind.FRAGMENT_DEFINITION);
  const prune = (node: ASTNode & { readonly directives?: readonly DirectiveNode[] }) =>
    stays(node.directives ?? [], decisions) ? undefined : null;
  return visit(
    { ...document, definitions },
    {
      Field: { enter: prune },
      InlineFragment: { enter: prune },
      FragmentSpread: { enter: prune },
      Directive: { enter: (directive) => (isConditional(directive) ? null : undefined) },
    },
  );
}
