import type { Database, Queries } from "../../database/database";

/** Names the advisory locks that show which ingest runs live. */
const RECORD_LOCKS = 1_634_956_659;

/** What one run over one file did. */
export interface IngestRecord {
  readonly id: number;
  readonly kind: string;
  readonly source: string;
  readonly sha256: string | null;
  readonly status: "done" | "failed";
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Rejected rows by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly rejectsFile: string | null;
  readonly error: string | null;
  /** Name of the catalogue that the rows belong to; null for Gaia's own tables. */
  readonly catalogue: string | null;
  /** Objects without a source_id: kept, but joined to no star. */
  readonly unmatched: number;
  /** Rows of an earlier delivery that were taken away. */
  readonly replaced: number;
}

/** Holds the record as this transaction's own: a run that died no longer holds its lock. */
export async function holdRecord(queries: Queries, id: number): Promise<void> {
  await queries.query("SELECT pg_advisory_xact_lock($1, $2)", [RECORD_LOCKS, id]);
}

/** Marks the records that say `running` but whose run is gone (kill -9, power cut) as failed. @returns their number */
export async function closeDeadRecords(database: Database): Promise<number> {
  const rows = await database.query<{ id: number }>(
    `WITH dead AS MATERIALIZED (SELECT id FROM ingest_record WHERE status = 'running' AND kind <> 'synthetic' AND pg_try_advisory_xact_lock($1, id))
     UPDATE ingest_record r SET status = 'failed', finished_at = now(),
       error = 'interrupted: the run ended before its file was taken in; nothing of it was kept' FROM dead WHERE r.id = dead.id RETURNING r.id`,
    [RECORD_LOCKS],
  );
  return rows.length;
}

/** Opens the record of a run, visible to others at once. @returns its id */
export async function startRecord(database: Database, kind: string, source: string): Promise<number> {
  const [row] = await database.query<{ id: number }>(
    "INSERT INTO ingest_record (kind, source, status) VALUES ($1, $2, 'running') RETURNING id",
    [kind, source],
  );
  return row!.id;
}

/** Writes a run's end, in the transaction that wrote its rows: both are kept or neither. */
export async function finishRecord(queries: Queries, record: IngestRecord): Promise<void> {
  await queries.query(
    `UPDATE ingest_record SET status = $2, sha256 = $3, read = $4, inserted = $5, updated = $6, unchanged = $7, rejected = $8,
       reasons = $9::jsonb, rejects_file = $10, error = $11, catalogue = $12, unmatched = $13, replaced = $14, finished_at = now() WHERE id = $1`,
    [
      record.id,
      record.status,
      record.sha256,
      record.read,
      record.inserted,
      record.updated,
      record.unchanged,
      record.rejected,
      JSON.stringify(record.reasons),
      record.rejectsFile,
      record.error,
      record.catalogue,
      record.unmatched,
      record.replaced,
    ],
  );
}
