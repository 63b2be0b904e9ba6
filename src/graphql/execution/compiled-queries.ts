import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { asGraphqlError } from "./engine-error";
import { countFields } from "./query-size";

/** One request to execute: a document that was validated, whose cost was found bearable. */
export interface Execution {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** names the document: equal for equal texts */
  readonly queryHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: unknown;
}

type Run = CompiledQuery["query"];

/** What is known of one operation of one document. */
interface Seen {
  times: number;
  /** null: not compiled, or not yet */
  run: Run | null;
}

/** Compiling takes some 100 times what interpreting does: a query that is asked once or twice is not worth it. */
const INTERPRETED_FIRST = 2;

/** Fields, fragments written out, that are compiled at most: a compiled field keeps some 5 kB of code. */
const LARGEST_COMPILED = 500;

/** Operations remembered at most. */
const REMEMBERED = 500;

/**
 * Executes operations: interpreted by graphql-js the first times, then compiled by graphql-jit to one function of their
 * own, which answers the same. What is too large, changes something or cannot be compiled stays interpreted.
 */
export class CompiledQueries {
  private readonly seen = new LRUCache<string, Seen>({ max: REMEMBERED });

  constructor(private readonly schema: GraphQLSchema) {}

  async execute(execution: Execution): Promise<ExecutionResult> {
    const run = this.compiled(execution);
    if (!run) return this.interpret(execution);
    const result = (await run(undefined, execution.context, execution.variables)) as ExecutionResult;
    if (!result.errors) return result;
    // Variables that do not fit, before anything ran: graphql-js says it in the words that readers know.
    if (result.data === undefined) return this.interpret(execution);
    return { data: result.data, errors: result.errors.map(asGraphqlError) };
  }

  private interpret({ document, operation, variables, context }: Execution): Promise<ExecutionResult> | ExecutionResult {
    const operationName = operation.name?.value;
    return execute({ schema: this.schema, document, contextValue: context, variableValues: variables, operationName });
  }

  private compiled(execution: Execution): Run | null {
    const { queryHash, operation } = execution;
    const key = `${queryHash} ${operation.name?.value ?? ""}`;
    const seen = this.seen.get(key) ?? { times: 0, run: null };
    this.seen.set(key, seen);
    seen.times++;
    if (seen.times === INTERPRETED_FIRST + 1) seen.run = this.compile(execution);
    return seen.run;
  }

  private compile({ document, operation }: Execution): Run | null {
    if (operation.operation !== OperationTypeNode.QUERY) return null;
    if (countFields(document, operation, LARGEST_COMPILED) >= LARGEST_COMPILED) return null;
    const compiled = compileQuery(this.schema, document, operation.name?.value);
    return isCompiledQuery(compiled) ? compiled.query : null;
  }
}
