import type { Place } from "./expression-error";
import type { Term } from "./term";
import type { Unit } from "./unit";

/** What a piece of an expression means. */
export interface Quantity {
  readonly term: Term;
  /** null of a number as written, which takes the unit of what it is added to */
  readonly unit: Unit | null;
  readonly place: Place;
}
