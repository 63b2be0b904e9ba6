import type { GraphQLResolveInfo } from "graphql";
import { Extensions } from "type-graphql";
import type { StarColumn } from "../../catalogue/star";
import type { StarLoaders } from "../loading/star-loaders";

/** What a field of Star that is no column needs. */
export interface StarField {
  /** columns of the star that its resolver reads */
  readonly reads: readonly StarColumn[];
  /** the load that its resolver will ask for, whatever its arguments: it may start before the star is there */
  load?(loaders: StarLoaders, sourceId: bigint, info: GraphQLResolveInfo): Promise<unknown>;
}

const KEY = "starField";

/** Says what a field of Star needs, so that only that is read. A field that does not say is given every column. */
export const StarFieldNeeds = (field: StarField) => Extensions({ [KEY]: field });

/** @returns what the field said, undefined where it said nothing */
export const starFieldOf = (extensions: Readonly<Record<string, unknown>>): StarField | undefined =>
  extensions[KEY] as StarField | undefined;
