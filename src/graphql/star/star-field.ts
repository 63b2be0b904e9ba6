import type { GraphQLResolveInfo } from "graphql";
import { Extensions } from "type-graphql";
import type { StarColumn } from "../../catalogue/star";
import type { StarLoader } from "../loading/star-loader";
import type { StarLoaders } from "../loading/star-loaders";

/** What a field of Star that is no column needs. */
export interface StarField<Loaded = unknown, Args = unknown> {
  /** columns of the star that its resolver reads */
  readonly reads: readonly StarColumn[];
  /** of what its resolver will ask for whatever its arguments: it may be loaded before the star is there */
  loader?(loaders: StarLoaders, info: GraphQLResolveInfo): StarLoader<Loaded>;
  /** the field's value where what it needs was loaded ahead: its resolver, less the waiting */
  answer?(loaded: Loaded, args: Args): unknown;
}

const KEY = "starField";

/** Says what a field of Star needs, so that only that is read. A field that does not say is given every column. */
export const StarFieldNeeds = <Loaded, Args>(field: StarField<Loaded, Args>) => Extensions({ [KEY]: field });

/** @returns what the field said, undefined where it said nothing */
export const starFieldOf = (extensions: Readonly<Record<string, unknown>>): StarField | undefined =>
  extensions[KEY] as StarField | undefined;
