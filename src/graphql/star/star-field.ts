import type { GraphQLResolveInfo } from "graphql";
import { Extensions } from "type-graphql";
import type { StarColumn } from "../../catalogue/star";
import type { StarLoader } from "../loading/star-loader";
import type { StarLoaders } from "../loading/star-loaders";

/** What a field of Star that is not a column needs. */
export interface StarField<Loaded = unknown, Args = unknown> {
  /** columns of the star that its resolver reads */
  readonly reads: readonly StarColumn[];
  /** the loader that its resolver uses whatever its arguments, so that it can run in parallel with loading the star */
  loader?(loaders: StarLoaders, info: GraphQLResolveInfo): StarLoader<Loaded>;
  /** its resolver without the waiting: the field's value from data that was loaded ahead */
  answer?(loaded: Loaded, args: Args): unknown;
}

const KEY = "starField";

/** Declares what a field of Star needs, so that only that is read. A field that does not declare it gets every column. */
export const StarFieldNeeds = <Loaded, Args>(field: StarField<Loaded, Args>) => Extensions({ [KEY]: field });

/** @returns the declaration, or undefined if the field has none */
export const starFieldOf = (extensions: Readonly<Record<string, unknown>>): StarField | undefined =>
  extensions[KEY] as StarField | undefined;
