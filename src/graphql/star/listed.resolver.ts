import { FieldResolver, Resolver, Root } from "type-graphql";
import type { StarIdentity } from "../../catalogue/star";
import { StarType } from "./star.type";
import { StarFieldNeeds } from "./star-field";

/** A star as `loadStars` gives it: only unlisted ones say so. */
export interface MaybeListed extends StarIdentity {
  readonly listed?: false;
}

@Resolver(() => StarType)
export class ListedResolver {
  @StarFieldNeeds({ reads: [] })
  @FieldResolver(() => Boolean, {
    description:
      "Whether a Gaia table has brought the source. False: it is known only by its light curves, labels, photometry or cross-matches, and its position and all of Gaia's values are null.",
  })
  listed(@Root() star: MaybeListed): boolean {
    return star.listed !== false;
  }
}
