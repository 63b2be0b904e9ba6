import { declaredLabel, type Label } from "../../science/labels";

/** The columns of survey_label that hold one label. */
export interface LabelColumns {
  readonly label: Label;
  readonly value: string;
  /** null for what has neither an error nor a flag */
  readonly error: string | null;
  readonly flag: string | null;
}

function columnsOf(name: string, value: string, isMeasured = true): LabelColumns {
  const [error, flag] = isMeasured ? [`${value}_error`, `${value}_flag`] : [null, null];
  return { label: declaredLabel(name)!, value, error, flag };
}

/**
 * Labels that nearly every spectroscopic survey gives have columns of their own in survey_label: a row a spectrum takes a
 * quarter of the space of a row a value. All others are rows of survey_label_value. See docs/decisions/0016-labels.md.
 */
export const LABEL_COLUMNS: readonly LabelColumns[] = [
  columnsOf("teff", "teff"),
  columnsOf("logg", "logg"),
  columnsOf("feh", "feh"),
  columnsOf("mh", "mh"),
  columnsOf("alphaM", "alpha_m"),
  columnsOf("rv", "rv"),
  columnsOf("vsini", "vsini"),
  columnsOf("snr", "snr", false),
];

const BY_NAME: ReadonlyMap<string, LabelColumns> = new Map(LABEL_COLUMNS.map((columns) => [columns.label.name, columns]));

/** @returns the columns of survey_label that hold a label; undefined if its values are rows of survey_label_value */
export const columnsOfLabel = (name: string): LabelColumns | undefined => BY_NAME.get(name);
