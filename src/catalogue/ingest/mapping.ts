import type { Delimiter } from "../../formats/csv/csv-records";
import type { Release } from "../release";

/** Numbers that mean "no value", both ends included: -99 is from -99 to -99. */
export interface NullRange {
  readonly from: number;
  readonly to: number;
}

/** Where a value comes from: a column of the file, its unit there, and the values that mean "none". */
export interface ValueSource {
  readonly column: string;
  /** The unit that we keep it in. */
  readonly target: OurUnit;
  /** The unit that the mapping states; null: what the file states, else ours. */
  readonly unit: string | null;
  readonly nulls: readonly NullRange[];
}

/** A measured value and its standard error. */
export interface Measured {
  readonly value: ValueSource;
  readonly error: ValueSource | null;
}

/** The unit that a value is kept in; `-` for a number without one. Tables may be in any unit that can be converted to it. */
export type OurUnit = string;

/** A label that a survey's table gives: one of the list, in its unit, or the survey's own, in the unit that the mapping states. */
export interface MappedLabel extends Measured {
  /** null for a pure number */
  readonly unit: string | null;
  /** what the survey means by its own label */
  readonly description: string | null;
  /** the column of the survey's own bits of this label */
  readonly flag: string | null;
}

/** What a table gives besides magnitudes, for the inputs of models. */
export interface MappedValue extends Measured {
  /** that the mapping states; - for a pure number */
  readonly unit: string;
  readonly description: string | null;
}

/** A column of words. */
export interface TextColumn {
  readonly column: string;
  /** words that stand for no value */
  readonly nulls: readonly string[];
}

/** A text that every row has alike, or a column of them. */
export type TextSource = { readonly constant: string } | { readonly column: string };

/** What a table says of a star's variability, with the unit of each; `variability` keeps them under the same names. */
export const VARIABILITY_VALUES = {
  period: "d",
  amplitude: "mag",
  r21: "-",
  r31: "-",
  phi21: "rad",
  phi31: "rad",
} as const satisfies Record<string, OurUnit>;
export type VariabilityValue = keyof typeof VARIABILITY_VALUES;

export interface VariabilityMapping {
  /** What the values were measured in; null if the table does not say. */
  readonly band: TextSource | null;
  readonly type: TextSource | null;
  readonly values: ReadonlyMap<VariabilityValue, Measured>;
}

export interface LightCurveMapping {
  readonly band: TextSource;
  /** [d], or the phase of a folded light curve */
  readonly time: ValueSource;
  readonly folded: boolean;
  /** What is added to the times [d]: their zero point less BJD 2455197.5. */
  readonly timeOffset: number;
  readonly mag: Measured;
  /** A flag: true, t or 1 if the point was rejected. */
  readonly rejected: string | null;
}

/** Where an object was seen, when and how well. */
export interface PositionMapping {
  readonly ra: ValueSource;
  readonly dec: ValueSource;
  /** The column of its own epoch: Julian years, Julian dates or modified ones; null: the catalogue's holds. */
  readonly epoch: string | null;
  /** Standard error along an axis [arcsec]; null: not known. */
  readonly error: ValueSource | null;
}

/** How a catalogue's table becomes our rows: what a mapping file says, checked. */
export interface Mapping {
  readonly catalogue: {
    readonly name: string;
    readonly title: string;
    readonly reference: string | null;
    /** Julian year of its positions [yr]. */
    readonly epoch: number | null;
    readonly magSystem: string | null;
  };
  readonly delimiter: Delimiter | undefined;
  /** The column of the catalogue's own identifier; null: the row's number. */
  readonly id: string | null;
  readonly gaia: { readonly column: string; readonly release: Release } | null;
  readonly position: PositionMapping | null;
  readonly flags: string | null;
  /** Numbers that mean "no value" in every column, the identifiers included. */
  readonly nulls: readonly NullRange[];
  /** By band, in the order of the catalogue's arrays; null if the file has no photometry. */
  readonly photometry: ReadonlyMap<string, Measured> | null;
  /** By name; null where the file has no labels. */
  readonly labels: ReadonlyMap<string, MappedLabel> | null;
  /** The rows are stars, made where there are none yet; the error of their positions [mas] is null if not known. */
  readonly stars: { readonly positionError: number | null } | null;
  readonly variability: VariabilityMapping | null;
  /** For the inputs of models, by name; empty where the mapping names none. */
  readonly values: ReadonlyMap<string, MappedValue>;
  /** Which class a star is, for models, by name. */
  readonly classes: ReadonlyMap<string, TextColumn>;
  /** Columns that together tell stars apart; null: the id does. */
  readonly star: readonly string[] | null;
  readonly lightCurves: LightCurveMapping | null;
}
