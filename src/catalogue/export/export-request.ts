import type { TableHead } from "../../formats/output-table";
import type { Piece } from "../bulk/pieces";
import type { PredictingVersion } from "../predicted/predicting-version";
import type { Release } from "../release";
import type { StarFilter } from "../star-filter";
import type { ExportName } from "./tables";

/** What to export. */
export interface ExportRequest {
  readonly what: ExportName | "objects";
  readonly release: Release;
  readonly filter: StarFilter;
  /** go on behind this source_id */
  readonly after: bigint | null;
  /** labels, photometry, cross-matches: of this catalogue alone */
  readonly catalogue: string | null;
  /** labels: the columns of these labels alone, by name; null or absent: those that surveys share */
  readonly labels?: readonly string[] | null;
  /** objects: only those that no star is known for */
  readonly unmatched?: boolean;
  /** predictions: the version that they are of */
  readonly version: PredictingVersion | null;
  /** predicted stars: the probability of every class too */
  readonly probabilities?: boolean;
}

/** An export of stars' rows. */
export type StarExport = ExportRequest & { readonly what: ExportName };

/** An export that can be told the length of before it is read. */
export interface Export {
  /** its columns and what it says of itself */
  readonly head: TableHead;
  /** the file's bytes in order; read once */
  readonly pieces: AsyncGenerator<Piece, void>;
  /** stars of a piece of rows */
  readonly chunkStars: number;
  /** @returns how many stars it has rows of: a walk of its own along them */
  countStars(): Promise<number>;
}
