import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { coerced } from "../input/coerced";
import { declaringCoerced, knowingCoerced } from "./coerced-variables";
import { isCompilable, writtenOut } from "./compilable";
import { resolverErrors } from "./compiled-errors";
import { type Decisions, decide, withDecisions } from "./conditions";

/** One request to execute. Its document has been validated and its cost accepted. */
export interface Execution {
  readonly document: DocumentNode;
  /** undefined if the document has no such operation, or several while the request names none */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName?: string | undefined;
  /** hash of the query text */
  readonly queryHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: unknown;
}

/** What executed an operation. */
export type Engine = "interpreted" | "compiled";

type Run = CompiledQuery["query"];

/** One operation of one document, for one outcome of @skip and @include. */
interface Seen {
  readonly times: number;
  /** null if it is not compiled, or not yet */
  readonly run: Run | null;
  /** number of compiled fields, fragments expanded; 1 if not compiled */
  readonly fields: number;
}

/** Compiling takes about 100 times as long as interpreting: not worth it for a query that is sent once or twice. */
const INTERPRETED_FIRST = 2;

/** Largest number of cached operations. */
const REMEMBERED = 500;

/** Largest total number of compiled fields, about 100 MB: 500 operations of the largest size would take a gigabyte. */
const COMPILED_FIELDS = 20_000;

/**
 * Executes operations: at first interpreted by graphql-js, then compiled by graphql-jit to a function with the same
 * results. Operations that cannot be compiled are always interpreted.
 */
export class CompiledQueries {
  private readonly seen = new LRUCache<string, Seen>({
    max: REMEMBERED,
    maxSize: COMPILED_FIELDS,
    sizeCalculation: ({ fields }) => fields,
  });
  private readonly compilerSchema: GraphQLSchema;

  /** @param onExecution called for every execution, for metrics */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly onExecution?: (engine: Engine) => void,
  ) {
    this.compilerSchema = knowingCoerced(schema);
  }

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { operation, variables, context } = execution;
    // graphql-js reports that there is no such operation, like all faults of our own answers, in its own words.
    if (!operation) return this.interpret(execution);
    const { values, errors: faults } = coerced(this.schema, operation, variables);
    if (faults) return { errors: faults };
    const run = this.compiled(execution, operation);
    this.onExecution?.(run ? "compiled" : "interpreted");
    if (!run) return this.interpret(execution);
    const result: ExecutionResult = await run(undefined, context, values);
    if (!result.errors) return result;
    const errors = resolverErrors(result.data, result.errors);
    return errors ? { ...result, errors } : this.interpret(execution);
  }

  private interpret({ document, operationName, variables, context }: Execution): Promise<ExecutionResult> | ExecutionResult {
    return execute({ schema: this.schema, document, contextValue: context, variableValues: variables, operationName });
  }

  private compiled({ document, queryHash, variables }: Execution, operation: OperationDefinitionNode): Run | null {
    const decisions = decide(document, operation, variables);
    if (!decisions) return null;
    const key = [queryHash, operation.name?.value, ...decisions.values()].join(" ");
    const seen = this.seen.get(key) ?? { times: 0, run: null, fields: 1 };
    if (seen.times > INTERPRETED_FIRST) return seen.run;
    const run = seen.times === INTERPRETED_FIRST ? this.compile(document, operation, decisions) : null;
    this.seen.set(key, { times: seen.times + 1, run, fields: run ? writtenOut(document, operation) : 1 });
    return run;
  }

  private compile(document: DocumentNode, operation: OperationDefinitionNode, decisions: Decisions): Run | null {
    if (!isCompilable(this.schema, document, operation)) return null;
    const decided = declaringCoerced(withDecisions(document, operation, decisions));
    const compiled = compileQuery(this.compilerSchema, decided, operation.name?.value);
    return isCompiledQuery(compiled) ? compiled.query : null;
  }
}
