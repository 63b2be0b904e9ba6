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
  /** other names that it answers to, such as that of the survey for its current release */
  readonly aliases: readonly string[];
}

/** @returns every catalogue, by name */
export function catalogues(queries: Queries): Promise<Catalogue[]> {
  return queries.query<Catalogue>(
    `SELECT id, name, title, reference, epoch, synthetic, bands, mag_system AS "magSystem",
       ARRAY(SELECT alias FROM catalogue_alias a WHERE a.catalogue_id = c.id ORDER BY alias) AS aliases FROM catalogue c ORDER BY name`,
  );
}

/** Whether a name means this catalogue: its own, or an alias. */
export const isCalled = ({ name, aliases }: Pick<Catalogue, "name" | "aliases">, called: string): boolean =>
  name === called || aliases.includes(called);

/**
 * @param name its own or an alias
 * @throws AppError NOT_FOUND listing the existing catalogues
 */
export async function catalogueNamed(queries: Queries, name: string): Promise<Catalogue> {
  const all = await catalogues(queries);
  const found = all.find((catalogue) => isCalled(catalogue, name));
  if (found) return found;
  const names = all.flatMap((catalogue) => [catalogue.name, ...catalogue.aliases]).join(", ");
  throw new AppError("NOT_FOUND", `There is no catalogue '${name}'. ${names ? `There are: ${names}.` : "None has been ingested yet."}`);
}
