import type { Queries } from "../../database/database";
import type { TableAbout } from "../../formats/output-table";
import type { IngestEntry } from "../ingest/ingest-record";
import type { Release } from "../release";

/** What whoever asks for a file knows of it, beside what the database says. */
export interface Origin {
  /** day on which it is asked for, as 2026-07-01 */
  readonly date: string;
  /** name and version of the program that writes it */
  readonly software: string;
}

/** For files that nobody asked for by day. */
export const UNEXPLAINED: Origin = { date: "not stated", software: "asterism" };

/** The papers that the data processing consortium asks to be cited. */
const GAIA_PAPERS: Readonly<Record<Release, string>> = {
  2: "Gaia Collaboration, Brown et al. 2018, A&A 616, A1",
  3: "Gaia Collaboration, Vallenari et al. 2023, A&A 674, A1",
  4: "Gaia Collaboration, Data Release 4",
};

/** What every file of a release says. */
export function aboutFile(description: string, release: Release, { date, software }: Origin): TableAbout {
  const notes = {
    request_date: date,
    server_software: software,
    resource_version: `Gaia DR${release}`,
    citation: `Gaia Collaboration, Prusti et al. 2016, A&A 595, A1; ${GAIA_PAPERS[release]}`,
    article: "https://www.cosmos.esa.int/web/gaia-users/credits",
  };
  return { description, notes: Object.entries(notes).map(([name, value]) => ({ name, value })) };
}

/** A fact that a file states of itself. */
export type Note = readonly [name: string, value: string];

/** @returns the file's description with further notes */
export const withNotes = (about: TableAbout, notes: readonly Note[]): TableAbout => ({
  ...about,
  notes: [...about.notes, ...notes.map(([name, value]) => ({ name, value }))],
});

/** Name, version and origin of a model version, by its row id; none if it is gone. */
export async function modelNotes(queries: Queries, id: number): Promise<Note[]> {
  const [found] = await queries.query<{
    name: string;
    version: number;
    source: string;
    created: string;
    synthetic: boolean;
    sha256: string;
  }>(
    `SELECT model_name AS name, version, manifest->'data'->>'source' AS source, left(manifest->>'createdAt', 10) AS created, synthetic, sha256
     FROM model_version WHERE id = $1`,
    [id],
  );
  if (!found) return [];
  const { name, version, source, created, synthetic, sha256 } = found;
  return [
    ["model", `${name}@${version}`],
    ["model_training", `${name}@${version}: ${created} on ${synthetic ? `${source}, a synthetic sky` : source}; artifact sha256 ${sha256}`],
  ];
}

/** Title and reference of a catalogue, as what to cite, or of all catalogues. */
export async function catalogueNotes(queries: Queries, id: number | null): Promise<Note[]> {
  const rows = await queries.query<{ name: string; title: string; reference: string | null }>(
    "SELECT name, title, reference FROM catalogue WHERE $1::int4 IS NULL OR id = $1 ORDER BY name",
    [id],
  );
  return rows.map(({ name, title, reference }) => ["cites", `${name}: ${title}${reference === null ? "" : `, ${reference}`}`]);
}

/** Runs that are named one by one: all of Gaia DR3 comes in more than three thousand files. */
const MOST_RUNS = 100;

function ingestText({ kind, catalogue, source, sha256, finishedAt, inserted, updated, unchanged }: IngestEntry): string {
  const day = finishedAt === null ? "" : `, ${finishedAt.toISOString().slice(0, 10)}`;
  const digest = sha256 === null ? "" : `, sha256 ${sha256}`;
  return `${kind}${catalogue === null ? "" : ` of ${catalogue}`}: ${source}${day}, ${inserted + updated + unchanged} rows${digest}`;
}

/** The files whose rows are in this one, oldest first: the last hundred, and how many there are before them. */
export function ingestNotes(runs: readonly IngestEntry[]): Note[] {
  const earlier = runs.length - MOST_RUNS;
  const named = runs.slice(-MOST_RUNS).map((run): Note => ["ingest", ingestText(run)]);
  return earlier > 0 ? [["ingest", `${earlier} earlier files, not named here`], ...named] : named;
}
