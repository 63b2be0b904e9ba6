import path from "node:path";
import type { Queries } from "../../database/database";

/** What one run of an ingest did to the catalogue, as it is told afterwards. */
export interface IngestEntry {
  readonly id: number;
  /** gaia, labels, photometry, ... */
  readonly kind: string;
  /** name of the catalogue that the rows belong to; null for Gaia's own tables */
  readonly catalogue: string | null;
  /** the file's name, without its folder; or which synthetic sky */
  readonly source: string;
  /** of the file, hexadecimal; null where it was not read to its end */
  readonly sha256: string | null;
  /** running, done or failed; replaced or removed: done, but its rows are no longer there */
  readonly status: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** objects without a source_id: kept, but joined to no star */
  readonly unmatched: number;
  readonly error: string | null;
}

const SELECT = `SELECT id, kind, catalogue, source, sha256, status, started_at AS "startedAt", finished_at AS "finishedAt", read::float8, inserted::float8,
  updated::float8, unchanged::float8, rejected::float8, unmatched::float8, error FROM ingest_record`;

const shown = (entry: IngestEntry): IngestEntry => ({
  ...entry,
  source: entry.kind === "synthetic" ? entry.source : path.basename(entry.source),
});

/** The last runs, of every catalogue or of some, newest first. */
export async function lastIngests(queries: Queries, count: number, catalogues: readonly string[] | null = null): Promise<IngestEntry[]> {
  const rows = await queries.query<IngestEntry>(
    `${SELECT} WHERE $2::text[] IS NULL OR catalogue = ANY($2::text[]) ORDER BY id DESC LIMIT $1`,
    [count, catalogues],
  );
  return rows.map(shown);
}

/** Which runs' rows are asked for. */
export interface RowsAsked {
  /** null: of every catalogue, and of Gaia's own tables */
  readonly catalogues: readonly string[] | null;
  /** null: of every kind */
  readonly kinds: readonly string[] | null;
}

/** Where rows come from: the runs whose rows are there now, oldest first. */
export async function provenance(queries: Queries, { catalogues, kinds }: RowsAsked): Promise<IngestEntry[]> {
  const rows = await queries.query<IngestEntry>(
    `${SELECT} WHERE status = 'done' AND ($1::text[] IS NULL OR catalogue = ANY($1::text[])) AND ($2::text[] IS NULL OR kind = ANY($2::text[])) ORDER BY id`,
    [catalogues, kinds],
  );
  return rows.map(shown);
}
