import type { Queries } from "../../database/database";
import type { TableAbout } from "../../formats/output-table";
import type { Release } from "../release";
import { literal } from "./select";

/** What whoever asks for a file knows of it, beside what the database says. */
export interface Origin {
  /** day on which it is asked for, as 2026-07-01 */
  readonly date: string;
  /** the bits of a prediction's flags and their meaning, in words */
  readonly predictionFlags: string;
}

/** For files that nobody asked for by day or flags. */
export const UNEXPLAINED: Origin = { date: "not stated", predictionFlags: "not stated" };

/** The papers that the data processing consortium asks to be cited. */
const GAIA_PAPERS: Readonly<Record<Release, string>> = {
  2: "Gaia Collaboration, Brown et al. 2018, A&A 616, A1",
  3: "Gaia Collaboration, Vallenari et al. 2023, A&A 674, A1",
  4: "Gaia Collaboration, Data Release 4",
};

/** What every file of a release says. */
export function aboutFile(description: string, release: Release, { date }: Origin): TableAbout {
  const notes = {
    request_date: date,
    server_software: "asterism",
    resource_version: `Gaia DR${release}`,
    citation: `Gaia Collaboration, Prusti et al. 2016, A&A 595, A1; ${GAIA_PAPERS[release]}`,
    article: "https://www.cosmos.esa.int/web/gaia-users/credits",
  };
  return { description, notes: Object.entries(notes).map(([name, value]) => ({ name, value })) };
}

/** @returns the file's description with further notes; those without a value are left out */
export const withNotes = (about: TableAbout, notes: readonly (readonly [name: string, value: string | null])[]): TableAbout => ({
  ...about,
  notes: [...about.notes, ...notes.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))],
});

/** Name and version of a model version, by its row id; null if it is gone. */
export async function modelNote(queries: Queries, id: number): Promise<string | null> {
  const [found] = await queries.query<{ name: string; version: number }>(
    `SELECT model_name AS name, version FROM model_version WHERE id = ${literal(id)}`,
  );
  return found ? `${found.name}@${found.version}` : null;
}

/** Title and reference of a catalogue, as what to cite, or of all catalogues. */
export async function catalogueNotes(queries: Queries, id: number | null): Promise<(readonly [string, string])[]> {
  const rows = await queries.query<{ name: string; title: string; reference: string | null }>(
    `SELECT name, title, reference FROM catalogue WHERE ${id === null ? "true" : `id = ${literal(id)}`} ORDER BY name`,
  );
  return rows.map(({ name, title, reference }) => ["cites", `${name}: ${title}${reference === null ? "" : `, ${reference}`}`]);
}
