import { LABELS } from "../science/labels";
import { PREDICTION_FLAG_MEANINGS } from "./prediction-flags";
import { STAR_COLUMNS } from "./star";
import { FILTER_COLUMNS } from "./star-filter";
import { SURVEY_LABELS } from "./survey-label";

/** Names that a field takes, with what each means; in GraphQL an enum. */
export interface FilterNames {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
  /** what to do where the wanted name is none of them */
  readonly otherwise?: string;
}

/** What a field takes: a number, a text, true or false, one of some names or several, an object, or filters of its own kind. */
export type FilterFieldKind =
  | "number"
  | "text"
  | "boolean"
  | "filters"
  | { readonly oneOf: FilterNames }
  | { readonly someOf: FilterNames }
  | { readonly object: FilterObject };

export interface FilterField {
  readonly takes: FilterFieldKind;
  readonly description: string;
  readonly required?: true;
}

/** An object of a filter: in GraphQL an input type. */
export interface FilterObject {
  readonly name: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, FilterField>>;
}

const field = (takes: FilterFieldKind, description: string): FilterField => ({ takes, description });
const required = (takes: FilterFieldKind, description: string): FilterField => ({ takes, description, required: true });

/** What every survey may give: those with fields of their own, and their errors; then the rest of the list. */
const SURVEY_LABEL_NAMES: FilterNames = {
  name: "SurveyLabelName",
  description: "A label that surveys give. Which of them a survey gives: `labels` of `catalogues`.",
  values: Object.fromEntries(
    [
      ...Object.entries(SURVEY_LABELS),
      ...LABELS.filter(({ name }) => !Object.hasOwn(SURVEY_LABELS, name)).map((label) => [label.name, label] as const),
    ].map(([name, { unit, description }]) => [name, `${unit ? `[${unit}] ` : ""}${description}`]),
  ),
  otherwise: "a survey's own label goes under ownLabel",
};

/** The flags that a prediction may have. */
export const FLAG_NAMES: FilterNames = {
  name: "PredictionFlag",
  description: "Why a prediction may be unreliable.",
  values: PREDICTION_FLAG_MEANINGS,
};

/** What a query's argument `model` may name. */
export const MODEL = "NAME (its champion), NAME@alias or NAME@version: see `models`";

const RANGE: FilterObject = {
  name: "FloatRange",
  description: "Both ends are included; an end left out is open.",
  fields: { min: field("number", "smallest value"), max: field("number", "largest value") },
};

const LABEL_RANGE = {
  min: field("number", "smallest value, in the label's unit"),
  max: field("number", "largest value, in the label's unit"),
};

const POSITION: FilterObject = {
  name: "PositionRange",
  description: "A box on the sky, ICRS at the star's refEpoch.",
  fields: {
    ra: field({ object: RANGE }, "[deg] 0 to 360; where min is above max the box crosses ra = 0"),
    dec: field({ object: RANGE }, "[deg] -90 to 90"),
  },
};

const SURVEY_LABEL: FilterObject = {
  name: "SurveyLabelRange",
  description: "Stars to which one survey gives the label, within the range.",
  fields: {
    survey: required("text", "name or alias of the survey's catalogue: see `catalogues`"),
    label: field({ oneOf: SURVEY_LABEL_NAMES }, "which label of the list; or give ownLabel"),
    ownLabel: field("text", "a label that this survey alone gives, by its name: see `labels` of `catalogues`"),
    ...LABEL_RANGE,
  },
};

const WITHOUT_FLAGS = field({ someOf: FLAG_NAMES }, "stars whose prediction has one of these flags are left out");

const PREDICTED_LABEL: FilterObject = {
  name: "PredictedLabelRange",
  description: "Stars for which a backfill of a model stored the label, within the range.",
  fields: {
    model: required("text", MODEL),
    label: required("text", "one of the labels that the model predicts, as in teff"),
    ...LABEL_RANGE,
    maxUncertainty: field("number", "largest standard deviation, in the label's unit"),
    withoutFlags: WITHOUT_FLAGS,
  },
};

const PREDICTED_CLASS: FilterObject = {
  name: "PredictedClassChoice",
  description: "Stars of which a backfill of a model stored that they most probably belong to the class.",
  fields: {
    model: required("text", MODEL),
    output: field("text", "which of the model's classifications; may be left out where it has one"),
    class: required("text", "one of its classes"),
    minProbability: field("number", "smallest probability of the class, 0 to 1"),
    withoutFlags: WITHOUT_FLAGS,
  },
};

/** The filter of stars as it is asked for, in JSON and in GraphQL alike. */
export const STAR_FILTER: FilterObject = {
  name: "StarFilter",
  description: "All that is given must hold. A range holds only where the value was measured.",
  fields: {
    ...Object.fromEntries(
      FILTER_COLUMNS.map((name) => [name, field({ object: RANGE }, `[${STAR_COLUMNS[name].unit}] ${STAR_COLUMNS[name].description}`)]),
    ),
    position: field({ object: POSITION }, "a box on the sky"),
    surveyLabel: field({ object: SURVEY_LABEL }, "a label of a survey"),
    predictedLabel: field({ object: PREDICTED_LABEL }, "a label that a model predicts"),
    predictedClass: field({ object: PREDICTED_CLASS }, "the class that a model predicts"),
    synthetic: field("boolean", "true: synthetic stars only; false: observed ones only"),
    and: field("filters", "all of these hold"),
    or: field("filters", "at least one of these holds"),
  },
};
