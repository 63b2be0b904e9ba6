import type { Queries } from "../../database/database";

/** How this database keeps vectors: in pgvector's type, or as arrays where the extension was absent at migration. */
export type VectorStorage = "vector" | "array";

/** Reads how the column was made: half a millisecond, so that nothing has to be remembered of a database. */
export async function vectorStorage(queries: Queries): Promise<VectorStorage> {
  const [row] = await queries.prepared<[string]>(
    "vector-storage",
    "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'predicted_vector'::regclass AND attname = 'vector'",
    [],
  );
  return row![0] === "real[]" ? "array" : "vector";
}
