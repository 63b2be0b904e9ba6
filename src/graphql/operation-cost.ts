import type { GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import { type ASTNode, BREAK, type DirectiveNode, type DocumentNode, GraphQLError, type OperationDefinitionNode, visit } from "graphql";
import { type ComplexityEstimator, fieldExtensionsEstimator, getComplexity, simpleEstimator } from "graphql-query-complexity";
import type { Context } from "./context";
import { coerced } from "./input/coerced";
import type { Once } from "./price";

export type Operation = Pick<GraphQLRequestContextDidResolveOperation<Context>, "schema" | "document" | "request" | "operation">;

const estimate = fieldExtensionsEstimator();

function mentionsVariable(node: ASTNode): boolean {
  let found = false;
  const stop = () => {
    found = true;
    return BREAK;
  };
  visit(node, { Variable: { enter: stop } });
  return found;
}

/** The work that a field's extensions declare to be done once, however long the page is that it belongs to. */
const onceOf = ({ extensions }: { readonly extensions: object }): Once["once"] | undefined => (extensions as Partial<Once>).once;

/** What a field's cost depends on, and what is to be added to the whole. */
interface Notes {
  onVariable(): void;
  onWork(cost: number): void;
}

/** Uses the cost that each field declares, and notes if that depends on a variable. */
function watched({ onVariable, onWork }: Notes): ComplexityEstimator {
  return (field) => {
    const args = new Proxy(field.args, {
      get(values, name) {
        const given = field.node.arguments?.find((argument) => argument.name.value === name);
        if (given && mentionsVariable(given)) onVariable();
        return values[name as string];
      },
    });
    onWork(Math.max(0, onceOf(field.field)?.(args) ?? 0));
    const cost = estimate({ ...field, args });
    // A page of -1000000 stars is refused by its resolver, but must not offset the cost of other fields here.
    return typeof cost === "number" ? Math.max(0, cost) : cost;
  };
}

/** Whether any @skip or @include depends on a variable. */
function isConditional(document: DocumentNode): boolean {
  let found = false;
  const look = (directive: DirectiveNode) => {
    found ||= mentionsVariable(directive);
  };
  visit(document, { Directive: { enter: look } });
  return found;
}

/** Costs that do not depend on variables, by operation: Apollo caches the parsed documents that operations belong to. */
const fixed = new WeakMap<OperationDefinitionNode, number>();

/** @returns the cost if it is known and does not depend on variables */
export const fixedCostOf = (operation: OperationDefinitionNode): number | undefined => fixed.get(operation);

const badInput = ({ message, nodes }: GraphQLError) =>
  new GraphQLError(message, { nodes, extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } });

/** @throws GraphQLError BAD_USER_INPUT if the variables do not match their declared types */
export function costOf({ schema, document, request, operation }: Operation): number {
  // Which operations there are is reported by the execution.
  if (!operation) return 0;
  const known = fixed.get(operation);
  if (known !== undefined) return known;
  // getComplexity would list every fault of the variables, however many there are.
  const { errors: faults } = coerced(schema, operation, request.variables ?? {});
  if (faults) throw badInput(faults[0]!);
  let [isFixed, work] = [true, 0];
  const notes: Notes = { onVariable: () => (isFixed = false), onWork: (cost) => (work += cost) };
  const estimators = [watched(notes), simpleEstimator({ defaultComplexity: 1 })];
  const { operationName, variables } = request;
  try {
    const given = { ...(operationName && { operationName }), ...(variables && { variables }) };
    const values = getComplexity({ schema, query: document, estimators, ...given });
    const cost = Math.ceil(values + work);
    if (isFixed && !isConditional(document)) fixed.set(operation, cost);
    return cost;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw badInput(error);
  }
}
