import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { AppError, type ErrorCode, isDatabaseAway } from "../errors";

/** PostgreSQL's query_canceled: the statement exceeded its time limit. */
const QUERY_CANCELED = "57014";

/** Codes whose messages may reveal hosts, folders or other internals: clients get only the code. */
const MASKED: Partial<Record<ErrorCode, string>> = {
  DATABASE: "The database does not answer. Try again in a moment.",
  ARTIFACT_TAMPERED: "The model's stored artifact is damaged, so it is not used.",
};

/** A resolver's error as the client sees it; null for a defect, which clients must not see. */
function shown(error: unknown): { readonly code: string; readonly message: string } | null {
  if (error instanceof AppError) return { code: error.code, message: MASKED[error.code] ?? error.message };
  if (error instanceof Error && "code" in error && error.code === QUERY_CANCELED)
    return { code: "TIMEOUT", message: "The query took too long and was stopped. Narrow the filter or ask for less." };
  if (isDatabaseAway(error)) return { code: "DATABASE", message: MASKED.DATABASE ?? "" };
  return null;
}

/**
 * Whether GraphQL or Apollo reports a fault of the request itself: with a code (syntax, validation, variables), or without a
 * path (a mutation in a schema without any). Failures while completing a field's value have a path but no code.
 */
function isAboutRequest(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  return typeof error.extensions.code === "string" || (error.path === undefined && error.originalError === undefined);
}

/** Whether to log this error, because the client does not see its cause. */
export function isHidden(error: unknown): boolean {
  if (isAboutRequest(error)) return false;
  const original = unwrapResolverError(error);
  const known = shown(original);
  return known === null || known.code in MASKED;
}

/**
 * Turns thrown errors into those of the API's answer: AppErrors keep their code and message, GraphQL's own errors (syntax,
 * validation, variables) pass unchanged, and anything else is masked.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const { path, locations, extensions } = formatted;
  const { stacktrace: _inside, ...kept } = extensions ?? {};
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const known = shown(original);
  if (known) return { message: known.message, ...place, extensions: { ...kept, code: known.code } };
  if (isAboutRequest(error)) {
    const code = kept.code === "INTERNAL_SERVER_ERROR" ? "GRAPHQL_VALIDATION_FAILED" : kept.code;
    return { message: formatted.message, ...place, extensions: { ...kept, code } };
  }
  const message = "Something went wrong inside. The server's log holds it under this request's id.";
  return { message, ...place, extensions: { ...kept, code: "INTERNAL" } };
}
