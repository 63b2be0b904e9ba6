import type { DocumentNode } from "graphql";
import { CountedCache } from "./counted-cache";

/**
 * Characters of query text whose parsed and validated documents are kept: some 600 usual queries. A character of
 * text becomes 60 bytes of document, up to 300 in a query that is made to.
 */
const DOCUMENT_CHARACTERS = 250_000;

/** Characters of persisted queries that are kept: registering one costs a request, so hostile ones are cheap. */
const PERSISTED_CHARACTERS = 2_000_000;

/** Parsed and validated queries by the hash of their text: they depend on the schema alone. */
export const documentCache = () => new CountedCache<DocumentNode>("document", DOCUMENT_CHARACTERS, ({ loc }) => loc?.end ?? 0);

/** Texts by their hash, of clients that send the hash alone. One that was dropped is registered anew by its next use. */
export const persistedQueryCache = () => new CountedCache<string>("persisted", PERSISTED_CHARACTERS, (text) => text.length);
