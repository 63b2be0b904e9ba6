import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import type { Mapping } from "./mapping";

async function refuseAlias(queries: Queries, name: string): Promise<void> {
  const [alias] = await queries.query<{ of: string }>(
    'SELECT c.name AS "of" FROM catalogue_alias a JOIN catalogue c ON c.id = a.catalogue_id WHERE a.alias = $1',
    [name],
  );
  if (alias) {
    const advice = `Name the catalogue itself in the mapping file, or a new one beside it and move the alias: \`asterism catalogues alias ${name} CATALOGUE\``;
    throw new AppError("CONFLICT", `'${name}' is an alias of the catalogue '${alias.of}'. ${advice}.`);
  }
}

/**
 * Finds or makes the catalogue that a mapping describes, and brings its title, reference and epoch up to date.
 *
 * @param bands of its photometry, in order; empty for a file of labels only, which leaves the stored ones
 * @returns its id
 * @throws AppError CONFLICT if its photometry is stored with other bands, it is a synthetic one, or the name is an alias
 */
export async function requireCatalogue(
  queries: Queries,
  { catalogue }: Pick<Mapping, "catalogue">,
  bands: readonly string[],
): Promise<number> {
  const { name, title, reference, epoch, magSystem } = catalogue;
  await refuseAlias(queries, name);
  const [found] = await queries.query<{ id: number; bands: string[]; synthetic: boolean }>(
    `INSERT INTO catalogue AS c (name, title, reference, epoch, bands, mag_system) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO UPDATE SET title = excluded.title, reference = excluded.reference, epoch = excluded.epoch,
       mag_system = coalesce(excluded.mag_system, c.mag_system), bands = CASE WHEN c.bands = '{}' THEN excluded.bands ELSE c.bands END
     RETURNING id, bands, synthetic`,
    [name, title, reference, epoch, bands, magSystem],
  );
  const { id, bands: stored, synthetic } = found!;
  if (synthetic)
    throw new AppError("CONFLICT", `The catalogue '${name}' is synthetic. Give the real one another name in the mapping file.`);
  if (bands.length > 0 && stored.join() !== bands.join())
    throw new AppError(
      "CONFLICT",
      `The catalogue '${name}' is stored with the bands ${stored.join(", ")}, the mapping file says ${bands.join(", ")}. Use the same bands in the same order, or another catalogue name.`,
    );
  return id;
}
