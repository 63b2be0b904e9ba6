import type { Queries } from "../../database/database";

/** What hangs on a catalogue, by the table that holds it; light curves and what follows are of stars, not of objects. */
const TABLES = {
  objects: "catalogue_object",
  crossmatches: "crossmatch",
  photometry: "photometry",
  labels: "survey_label",
  furtherLabels: "survey_label_value",
  lightCurves: "light_curve",
  variability: "variability",
  spectra: "spectrum",
} as const;

/** Of a cross-match by position that is not finished. */
const UNDER_WAY = ["crossmatch_range", "crossmatch_found", "crossmatch_job"];

export type CatalogueContents = { readonly [part in keyof typeof TABLES]: number };

/** Rows by what they are. */
export async function catalogueContents(queries: Queries, catalogueId: number): Promise<CatalogueContents> {
  const counts = Object.entries(TABLES).map(
    ([part, table]) => `(SELECT count(*)::float8 FROM ${table} WHERE catalogue_id = $1) AS "${part}"`,
  );
  const [row] = await queries.query<CatalogueContents>(`SELECT ${counts.join(", ")}`, [catalogueId]);
  return row!;
}

/** Deletes all of it. The catalogue itself stays. */
export async function deleteContents(queries: Queries, catalogueId: number): Promise<void> {
  for (const table of [...Object.values(TABLES), ...UNDER_WAY, "catalogue_label", "catalogue_alias"])
    await queries.query(`DELETE FROM ${table} WHERE catalogue_id = $1`, [catalogueId]);
}

/** As in "1,234 objects, 5 cross-matches"; what is not there is left out. */
export function contentsText(contents: CatalogueContents): string {
  const names = {
    objects: "objects",
    crossmatches: "cross-matches",
    photometry: "rows of photometry",
    labels: "rows of labels",
    furtherLabels: "values of further labels",
    lightCurves: "light curves",
    variability: "rows of variability",
    spectra: "spectra",
  } as const satisfies Record<keyof CatalogueContents, string>;
  const parts = (Object.keys(names) as (keyof CatalogueContents)[]).filter((part) => contents[part] > 0);
  return parts.map((part) => `${contents[part].toLocaleString("en")} ${names[part]}`).join(", ") || "nothing";
}
