import type { Cut } from "../../../src/catalogue/labels/label-cuts";
import { AppError } from "../../../src/errors";

/** What to do, by the beginning of the cut's name that no star passed. */
const REMEDIES: readonly [cut: string, remedy: string][] = [
  [
    "matched to a source",
    "A survey without Gaia's source_ids can learn from its table: name a mapping instead of labels.from, and the table with --data.",
  ],
  ["the source is among the stars", "The stars themselves are missing: `asterism ingest gaia` brings them in."],
];

/** @param cuts of the survey's objects, in the order in which they are made; the last leaves none */
export function noStarLeft(catalogue: string, cuts: readonly Cut[]): AppError {
  const first = cuts.find(({ kept }) => kept === 0);
  const remedy = REMEDIES.find(([cut]) => first?.name.startsWith(cut))?.[1];
  const counts = cuts.map(({ name, kept }) => `${name}: ${kept}`).join("; ");
  return new AppError("NOT_FOUND", `No star of '${catalogue}' passes the study's cuts: ${counts}.${remedy ? ` ${remedy}` : ""}`);
}
