import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import { declaringCoerced, knowingCoerced } from "./coerced-variables";
import { isCompilable, writtenOut } from "./compilable";
import { resolverErrors } from "./compiled-errors";
import { type Decisions, decide, withDecisions } from "./conditions";

/** One request to execute: a document that was validated, whose cost was found bearable. */
export interface Execution {
  readonly document: DocumentNode;
  /** absent where the document has no operation of the name, or several and the request names none */
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName?: string | undefined;
  /** names the document: equal for equal texts */
  readonly queryHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: unknown;
}

/** What executed an operation. */
export type Engine = "interpreted" | "compiled";

type Run = CompiledQuery["query"];

/** One operation of one document, as @skip and @include leave it. */
interface Seen {
  readonly times: number;
  /** null: not compiled, or not yet */
  readonly run: Run | null;
  /** of what is compiled, fragments written out; 1 while nothing is */
  readonly fields: number;
}

/** Compiling takes some 100 times what interpreting does: a query that is asked once or twice is not worth it. */
const INTERPRETED_FIRST = 2;

/** Operations remembered at most. */
const REMEMBERED = 500;

/** Fields of all compiled operations together, at most 100 MB: 500 operations as large as they may be would be a gigabyte. */
const COMPILED_FIELDS = 20_000;

/**
 * Executes operations: interpreted by graphql-js the first times, then compiled by graphql-jit to one function of their
 * own, which answers the same. What cannot be compiled stays interpreted.
 */
export class CompiledQueries {
  private readonly seen = new LRUCache<string, Seen>({
    max: REMEMBERED,
    maxSize: COMPILED_FIELDS,
    sizeCalculation: ({ fields }) => fields,
  });
  private readonly compilerSchema: GraphQLSchema;

  /** @param onExecution is told of every execution, as metrics want it */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly onExecution?: (engine: Engine) => void,
  ) {
    this.compilerSchema = knowingCoerced(schema);
  }

  async execute(execution: Execution): Promise<ExecutionResult> {
    const { operation, variables, context } = execution;
    const run = operation ? this.compiled(execution, operation) : null;
    const { coerced } = run ? getVariableValues(this.schema, operation?.variableDefinitions ?? [], variables) : {};
    this.onExecution?.(coerced ? "compiled" : "interpreted");
    // What does not fit, like every other fault of the request or of our own answers, is for graphql-js to word.
    if (!run || !coerced) return this.interpret(execution);
    const result: ExecutionResult = await run(undefined, context, coerced);
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
