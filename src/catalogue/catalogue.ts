import type { Queries } from "../database/database";
import { AppError } from "../errors";

/** A survey or table whose objects are matched to Gaia sources. */
export interface Catalogue {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly reference: string | null;
  /** [yr] mean epoch of its positions */
  readonly epoch: number | null;
  readonly synthetic: boolean;
  readonly bands: readonly string[];
  /** AB or Vega */
  readonly magSystem: string | null;
}

/** @returns every catalogue, by name */
export function catalogues(queries: Queries): Promise<Catalogue[]> {
  return queries.query<Catalogue>(
    'SELECT id, name, title, reference, epoch, synthetic, bands, mag_system AS "magSystem" FROM catalogue ORDER BY name',
  );
}

/** @throws AppError NOT_FOUND listing the existing catalogues */
export async function catalogueNamed(queries: Queries, name: string): Promise<Catalogue> {
  const all = await catalogues(queries);
  const found = all.find((catalogue) => catalogue.name === name);
  if (found) return found;
  const names = all.map((catalogue) => catalogue.name).join(", ");
  throw new AppError("NOT_FOUND", `There is no catalogue '${name}'. ${names ? `There are: ${names}.` : "None has been ingested yet."}`);
}
