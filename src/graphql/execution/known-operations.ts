import type { ApolloServerPlugin, GraphQLRequestContext } from "@apollo/server";
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode } from "graphql";
import { LRUCache } from "lru-cache";
import { cacheUsed } from "../../telemetry/signals";
import { DOCUMENT_CHARACTERS } from "../caching/query-caches";
import type { Context } from "../context";
import { QUERY_LIMITS } from "../limits";
import { fixedCostOf } from "../operation-cost";
import { describeOperation } from "../operation-note";
import type { Execute } from "./compiled-gateway";

/** An operation that has passed parsing, validation and the limits in Apollo. Its text will pass them again. */
interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly queryHash: string;
  readonly cost: number;
}

/** A request body with the basic members of GraphQL over HTTP and no extensions. */
interface PlainBody {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function isPlain(body: unknown): body is PlainBody {
  if (!isRecord(body) || typeof body.query !== "string" || !isAbsent(body.extensions)) return false;
  const { variables, operationName } = body;
  return (isAbsent(variables) || isRecord(variables)) && (isAbsent(operationName) || typeof operationName === "string");
}

/** Whether it may begin; if not, Apollo asks again and answers with the reason. Dear ones, which may have to wait, are Apollo's. */
function isAdmitted({ cost }: KnownOperation, context: Context): boolean | Promise<boolean> {
  if (cost >= QUERY_LIMITS.dear) return false;
  const admitting = context.admit(cost);
  if (!admitting) return true;
  return admitting.then(
    () => true,
    () => false,
  );
}

/**
 * Executes operations that Apollo has executed before without asking it again: for the same text, only the execution can
 * have a different outcome. Everything else is left to Apollo: other requests, and results with errors.
 */
export class KnownOperations {
  private readonly byText = new LRUCache<string, KnownOperation>({
    maxSize: DOCUMENT_CHARACTERS,
    sizeCalculation: (_known, text) => Math.max(1, text.length),
  });

  constructor(private readonly execute: Execute) {}

  /** A plugin for Apollo that records what it executes. */
  readonly learn: ApolloServerPlugin<Context> = {
    requestDidStart: async () => ({ executionDidStart: async (request) => this.remember(request) }),
  };

  /**
   * @param body of a POST whose content type another site's page cannot send without a CORS preflight
   * @returns the text of the answer; null if Apollo has to answer, using `context.executed` if it is set
   */
  async answer(body: unknown, context: Context): Promise<string | null> {
    const known = isPlain(body) ? this.byText.get(body.query) : undefined;
    if (!known || !isPlain(body)) return null;
    const { variables, operationName } = body;
    if (!isAbsent(operationName) && operationName !== known.operation.name?.value) return null;
    if (!(await isAdmitted(known, context))) return null;
    describeOperation(context.note, known.operation);
    cacheUsed.tell({ cache: "document", hit: true });
    const executed = this.execute({ ...known, variables: variables ?? {}, context });
    const result = await executed.catch(() => null);
    if (result && !result.errors) return `${JSON.stringify({ data: result.data })}\n`;
    context.executed = executed;
    return null;
  }

  /** Skips operations whose cost depends on variables, and texts with several operations. */
  private remember({ source, document, operation, queryHash }: GraphQLRequestContext<Context>): void {
    if (!source || !document || !operation || !queryHash) return;
    const isOnly = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length === 1;
    const cost = fixedCostOf(operation);
    if (isOnly && operation.operation === OperationTypeNode.QUERY && cost !== undefined)
      this.byText.set(source, { document, operation, queryHash, cost });
  }
}
