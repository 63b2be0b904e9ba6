import type { RawColumn } from "./raw-column";

/** What a name stands for: one column, or why none. */
export type Found = { readonly column: RawColumn } | { readonly fault: string };

/** So many names are listed where one is unknown. */
const LISTED = 40;

/** Letters to insert, leave out, or change, to make one word another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (from[i] === to[j] ? 0 : 1)));
    row = next;
  }
  return row[to.length]!;
}

/** @returns the nearest of the words, if it is near enough to be meant */
export function nearest(word: string, words: readonly string[]): string | null {
  const scored = words.map((known) => ({ known, steps: distance(word.toLowerCase(), known.toLowerCase()) }));
  const best = scored.reduce<(typeof scored)[number] | null>((least, next) => (least && least.steps <= next.steps ? least : next), null);
  return best && best.steps <= Math.max(1, Math.floor(word.length / 3)) ? best.known : null;
}

const otherNames = ({ aliases, shortNames = [] }: RawColumn): string[] => [...aliases, ...shortNames];

/** Finds raw columns by the names that people use. */
export class ColumnNames {
  constructor(readonly columns: readonly RawColumn[]) {}

  /** By the very spelling first, so that a table may have both `g` and `G`; else in any case. */
  find(name: string): Found {
    const lower = name.toLowerCase();
    const exact = this.#named((known) => known === name);
    const found = exact.length > 0 ? exact : this.#named((known) => known.toLowerCase() === lower);
    if (found.length === 1) return { column: found[0]! };
    if (found.length > 1)
      return { fault: `'${name}' may mean ${found.map((column) => column.name).join(" or ")}: write the one that is meant` };
    return { fault: this.#unknown(name) };
  }

  /** @returns the column of that name, null where there is none or several */
  optional(name: string): RawColumn | null {
    const found = this.find(name);
    return "column" in found ? found.column : null;
  }

  #named(matches: (known: string) => boolean): RawColumn[] {
    const byName = this.columns.filter(({ name }) => matches(name));
    // A column's own name is stronger than what another may also be called.
    return byName.length > 0 ? byName : this.columns.filter((column) => otherNames(column).some(matches));
  }

  #unknown(name: string): string {
    const near = nearest(
      name,
      this.columns.flatMap((column) => [column.name, ...otherNames(column)]),
    );
    const listed = this.columns.slice(0, LISTED).map((column) => column.name);
    const rest = this.columns.length > LISTED ? ` and ${this.columns.length - LISTED} more` : "";
    return `there is no column '${name}'${near ? `; did you mean ${near}?` : "."} There are ${listed.join(", ")}${rest}`;
  }
}
