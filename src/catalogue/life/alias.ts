import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { catalogueNamed, catalogues } from "../catalogue";

/** An alias that was set or taken away, and the catalogues that it meant. */
export interface AliasMove {
  readonly alias: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** As the names of catalogues. */
const NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/;

async function meaningOf(queries: Queries, alias: string): Promise<string | null> {
  return (await catalogues(queries)).find(({ aliases }) => aliases.includes(alias))?.name ?? null;
}

/**
 * Makes an alias mean a catalogue; where it meant another one, it moves.
 *
 * @throws AppError BAD_INPUT if it cannot be a name, CONFLICT if it is that of a catalogue, NOT_FOUND if the catalogue is not there
 */
export async function setAlias(database: Database, alias: string, catalogue: string): Promise<AliasMove> {
  if (!NAME.test(alias))
    throw new AppError("BAD_INPUT", `An alias is a short name of small letters, digits, - and ., not '${alias.slice(0, 80)}'.`);
  return database.transaction(async (queries) => {
    const [to, from] = [await catalogueNamed(queries, catalogue), await meaningOf(queries, alias)];
    const taken = (await catalogues(queries)).some(({ name }) => name === alias);
    if (taken) throw new AppError("CONFLICT", `'${alias}' is the name of a catalogue. Choose another alias.`);
    await queries.query(
      "INSERT INTO catalogue_alias (alias, catalogue_id) VALUES ($1, $2) ON CONFLICT (alias) DO UPDATE SET catalogue_id = excluded.catalogue_id",
      [alias, to.id],
    );
    return { alias, from, to: to.name };
  });
}

/** @throws AppError NOT_FOUND if there is no such alias */
export async function removeAlias(database: Database, alias: string): Promise<AliasMove> {
  return database.transaction(async (queries) => {
    const from = await meaningOf(queries, alias);
    if (from === null) throw new AppError("NOT_FOUND", `There is no alias '${alias}'. \`asterism catalogues list\` shows them.`);
    await queries.query("DELETE FROM catalogue_alias WHERE alias = $1", [alias]);
    return { alias, from, to: null };
  });
}
