import type { FieldNode } from "graphql";

/**
 * What work costs beside the values that it returns, in the same unit: a returned value takes about 4 microseconds, measured
 * on the embedded engine with 200,000 stars.
 */
export const PRICE = {
  /** a statement of its own for a page, where those of single stars are merged: 0.8 ms */
  page: 200,
  /** a filter, which may have to read the whole table: 15 ms and more */
  filter: 3_000,
  /** a degree of a cone's radius: the candidates of ten degrees take 20 ms */
  degree: 500,
  /** a position to match: about 40 microseconds */
  position: 10,
  /** a square arcminute around it, all of whose stars are read: up to ten where all of Gaia is kept, away from the Milky Way */
  squareArcminute: 0.5,
  /** an edge of a polygon, which is compared with about a thousand pixels and holds the event loop meanwhile */
  edge: 40,
  /** a count from the database's statistics: 0.4 ms */
  estimate: 100,
  /** stars that are counted one by one, for one unit: 100,000 take 40 ms */
  counted: 10,
} as const;

/** The argument is written in the query, so that the cost does not depend on a variable's value and is computed once. */
export const isGiven = (node: FieldNode, argument: string): boolean => node.arguments?.some(({ name }) => name.value === argument) === true;

/** @returns what a filter costs, if there is one */
export const filterPrice = (node: FieldNode): number => (isGiven(node, "filter") ? PRICE.filter : 0);

/** The arguments of a field by name, with their defaults. */
type Args = { readonly [name: string]: number };

/** Work that is done once for a page, whatever its length: not multiplied by the stars of the page. */
export interface Once {
  once(args: Args): number;
}
