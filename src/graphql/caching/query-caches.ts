import type { DocumentNode } from "graphql";
import { CountedCache } from "./counted-cache";

/**
 * Limit of the query texts whose parsed and validated documents are cached: about 600 typical queries. One character of
 * text takes 60 bytes as a document, and up to 300 in a hostile query.
 */
export const DOCUMENT_CHARACTERS = 250_000;

/** Limit of the cached texts of persisted queries: anyone can register one with a single request. */
const PERSISTED_CHARACTERS = 2_000_000;

/** Parsed and validated queries by the hash of their text; they depend on the schema only. */
export const documentCache = () => new CountedCache<DocumentNode>("document", DOCUMENT_CHARACTERS, ({ loc }) => loc?.end ?? 0);

/** Query texts by hash, for clients that send only the hash. An evicted query is registered again on its next use. */
export const persistedQueryCache = () => new CountedCache<string>("persisted", PERSISTED_CHARACTERS, (text) => text.length);
