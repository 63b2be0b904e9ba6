import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { type Catalogue, catalogueNamed } from "../catalogue";
import { type CatalogueContents, catalogueContents, deleteContents } from "./catalogue-contents";
import { lockCatalogue } from "./lock-catalogue";

/** What a removal takes away, or took. */
export interface CatalogueRemoval {
  readonly catalogue: Catalogue;
  readonly contents: CatalogueContents;
  /** model versions whose manifests name the catalogue, as in our-giants@2 */
  readonly models: readonly string[];
}

/** A manifest without the names that may be a catalogue's by chance: those of the model itself, and of the mapping of a table that it learned from. */
const LEARNED_FROM = `(manifest - 'model' - 'recipe' - 'featureSet')
  #- (CASE WHEN manifest->'data'->>'path' IS NULL THEN '{}'::text[] ELSE '{data,layout}'::text[] END)`;

/** Versions of which some text of the manifest is the catalogue's name or an alias of it. */
async function modelsNaming(queries: Queries, { name, aliases }: Catalogue): Promise<string[]> {
  const rows = await queries.query<{ version: string }>(
    `SELECT DISTINCT model_name || '@' || version AS version FROM model_version CROSS JOIN unnest($1::text[]) n(name)
     WHERE jsonb_path_exists(${LEARNED_FROM}, 'strict $.** ? (@ == $name)', jsonb_build_object('name', n.name)) ORDER BY 1`,
    [[name, ...aliases]],
  );
  return rows.map(({ version }) => version);
}

/**
 * What removing a catalogue would take away. Removes nothing.
 *
 * @throws AppError NOT_FOUND if there is none of the name, CONFLICT if it belongs to the synthetic sky
 */
export async function plannedRemoval(queries: Queries, name: string): Promise<CatalogueRemoval> {
  const catalogue = await catalogueNamed(queries, name);
  if (catalogue.name !== name)
    throw new AppError(
      "BAD_INPUT",
      `'${name}' is an alias of '${catalogue.name}'. Name the catalogue itself, or remove the alias with \`asterism catalogues unalias\`.`,
    );
  if (catalogue.synthetic)
    throw new AppError("CONFLICT", `'${name}' belongs to the synthetic sky, which goes as a whole: \`asterism synthesize --remove\`.`);
  return { catalogue, contents: await catalogueContents(queries, catalogue.id), models: await modelsNaming(queries, catalogue) };
}

/**
 * Removes a catalogue with everything that hangs on it, in one transaction. Stars stay, those that it brought too; so do
 * its ingest records, marked as removed.
 *
 * @param force although model versions were trained on it
 * @throws AppError as plannedRemoval does; CONFLICT if manifests of models name it and `force` was not given
 */
export async function removeCatalogue(database: Database, name: string, force = false): Promise<CatalogueRemoval> {
  return database.transaction(async (queries) => {
    const { id } = (await plannedRemoval(queries, name)).catalogue;
    await lockCatalogue(queries, id);
    const removal = await plannedRemoval(queries, name);
    if (removal.models.length > 0 && !force)
      throw new AppError(
        "CONFLICT",
        `The manifests of ${removal.models.join(", ")} name '${name}': without it nobody can train them again or tell what they learned from. --force removes it nevertheless; the models go on serving.`,
      );
    await deleteContents(queries, id);
    await queries.query("DELETE FROM catalogue WHERE id = $1", [id]);
    await queries.query(
      "UPDATE ingest_record SET status = 'removed' WHERE catalogue = $1 AND status IN ('done', 'replaced') AND kind <> 'stars'",
      [name],
    );
    return removal;
  });
}
