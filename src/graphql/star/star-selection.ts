import { type FieldNode, type GraphQLField, type GraphQLResolveInfo, getNamedType } from "graphql";
import { STAR_COLUMNS, type StarColumn } from "../../catalogue/star";
import { STAR_COLUMN_SETS, type StarColumnSet, type StarPart } from "../../catalogue/stars-by-ids";
import type { StarLoaders } from "../loading/star-loaders";
import { fieldsBelow, selectedOf } from "../selection";
import type { MaybeListed } from "./listed.resolver";
import { type StarField, starFieldOf } from "./star-field";

const STAR = "Star";
const IDENTITY = ["release", "sourceId"];

function columnsFor({ name, extensions }: GraphQLField<unknown, unknown>): readonly StarColumn[] {
  if (name in STAR_COLUMNS) return [name as StarColumn];
  if (IDENTITY.includes(name)) return [];
  return starFieldOf(extensions)?.reads ?? STAR_COLUMN_SETS.every.columns;
}

/** by the selected fields of Star */
const knownColumns = new WeakMap<object, StarColumnSet>();

/** @returns the star columns that an operation needs */
export function selectedStarColumns(info: GraphQLResolveInfo): StarColumnSet {
  const fields = selectedOf(info, STAR);
  const columns = knownColumns.get(fields) ?? STAR_COLUMN_SETS.of(fields.flatMap(columnsFor));
  knownColumns.set(fields, columns);
  return columns;
}

type Loader = NonNullable<StarField["loader"]>;

/** by field node, which is unique to its document */
const knownLoaders = new WeakMap<FieldNode, readonly Loader[]>();

/** @returns the loaders that every star below a node needs, whatever @skip and @include decide */
function certainLoaders(info: GraphQLResolveInfo, node: FieldNode): readonly Loader[] {
  const known = knownLoaders.get(node);
  if (known) return known;
  const found = new Set<Loader>();
  for (const { parent, field, certain } of fieldsBelow(info, getNamedType(info.returnType), node.selectionSet)) {
    const loader = parent.name === STAR && certain ? starFieldOf(field.extensions)?.loader : undefined;
    if (loader) found.add(loader);
  }
  knownLoaders.set(node, [...found]);
  return [...found];
}

/**
 * Loads, before the resolvers run, the data that the query needs of every star. This saves a round trip to the database
 * and a promise per star.
 *
 * @returns once everything has arrived or failed; failures are ignored, because the field's resolver loads again
 */
export async function loadAhead(info: GraphQLResolveInfo, loaders: StarLoaders, sourceIds: readonly bigint[]): Promise<void> {
  const wanted = new Set(info.fieldNodes.flatMap((node) => certainLoaders(info, node)));
  await Promise.allSettled([...wanted].map((loader) => loader(loaders, info).ahead(sourceIds)));
}

/**
 * Loads stars and, in parallel, the data that the query needs of every star.
 *
 * @param info of the field that returns the stars
 * @returns in order of the ids, each star with the columns that the query needs; an unlisted one has nulls in them; null for an
 *   id of which nothing is known
 */
export async function loadStars(
  info: GraphQLResolveInfo,
  loaders: StarLoaders,
  sourceIds: readonly bigint[],
): Promise<(StarPart | null)[]> {
  const columns = selectedStarColumns(info);
  const stars = loaders.star(columns);
  await Promise.all([stars.ahead(sourceIds), loadAhead(info, loaders, sourceIds)]);
  const lacking = sourceIds.filter((sourceId) => !stars.peek(sourceId));
  if (lacking.length > 0) await loaders.unlisted.ahead(lacking);
  return sourceIds.map((sourceId) => stars.peek(sourceId) ?? unlistedStar(loaders, columns, sourceId));
}

/** @returns a star without any value of Gaia's; null if no catalogue says anything of it */
function unlistedStar(loaders: StarLoaders, { columns }: StarColumnSet, sourceId: bigint): StarPart | null {
  const known = loaders.unlisted.peek(sourceId);
  if (!known) return null;
  const nulls = Object.fromEntries(columns.map((column) => [column, null]));
  return { ...nulls, release: loaders.release, sourceId, synthetic: known.synthetic, listed: false } as StarPart & MaybeListed;
}
