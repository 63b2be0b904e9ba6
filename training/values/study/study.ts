import type { LabelCondition } from "../../../src/catalogue/labels/label-conditions";
import type { Release } from "../../../src/catalogue/release";
import type { StarFilter } from "../../../src/catalogue/star-filter";

/** Stars that were observed, or those that `asterism synthesize` made. */
export type Sky = "real" | "synthetic";

/** One input of a model: an expression over raw columns. */
export interface StudyInput {
  readonly name: string;
  readonly expression: string;
  /** says where in the file the expression stands, for messages */
  fail(fault: string): never;
}

/** A family and its settings, as the study gives them. */
export interface ChosenFamily {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Which stars to learn from. */
export interface StudyStars {
  readonly release: Release;
  /** null: those that were observed, if any carry labels; else the synthetic ones */
  readonly sky: Sky | null;
  /** as the API's */
  readonly filter: StarFilter;
  /** of the survey's own columns, or of the table's */
  readonly where: Readonly<Record<string, LabelCondition | string>>;
  /** whether a star needs all labels; `any`: each label is learned from the stars that have it */
  readonly require: "any" | "all";
  /** raw columns of which a star may lack at most so many */
  readonly atMostMissing: { readonly of: readonly string[]; readonly most: number } | null;
}

/** How gaps are trained: copies of stars with whole groups of raw columns left out. */
export interface StudyGaps {
  /** copies of each training star with gaps; 0: gaps as they occur in the sample only */
  readonly copies: number;
  /** frequent sets of missing inputs that are learned by fits of their own, complete stars among them; null: ten */
  readonly apart: number | null;
  /** groups of raw columns that are missing together, by name; null: by the survey that they come from */
  readonly groups: ReadonlyMap<string, readonly string[]> | null;
}

/** What a model is to beat: for each label a raw column or an expression; the mean label where none is named. */
export type Baseline = ReadonlyMap<string, StudyInput>;

/** A training as a user describes it: a file. */
export interface Study {
  /** of the model */
  readonly name: string;
  readonly title: string | null;
  /** the file as it is, kept in the manifest */
  readonly text: string;
  readonly sha256: string;
  /** the study to take instead where a table is given with --data: a file beside this one, or one that ships; null: this one */
  readonly withData: string | null;
  /** how a table given with --data is read: a mapping file or one that ships; null: labels come from the catalogue */
  readonly mapping: string | null;
  readonly labels: {
    /** a catalogue or its alias; null: the table */
    readonly from: string | null;
    readonly names: readonly string[];
  };
  /** names of the mapping's classes */
  readonly classes: readonly string[];
  readonly stars: StudyStars;
  /** catalogue's own raw columns and what the mapping calls them, so that the model also takes stored stars */
  readonly columns: ReadonlyMap<string, string>;
  /** A_band / E(B-V) of bands, beyond those that are known */
  readonly extinction: ReadonlyMap<string, number>;
  readonly inputs: readonly StudyInput[];
  /** groups of raw columns that it does without: inputs that read one are left out */
  readonly without: readonly string[];
  readonly gaps: StudyGaps;
  /** one, or several that are combined out of fold */
  readonly families: readonly ChosenFamily[];
  readonly before: Baseline;
  readonly seed: number;
  readonly folds: number;
}
