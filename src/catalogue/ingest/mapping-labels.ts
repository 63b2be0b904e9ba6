import { LABELS, type Label, labelSpelled } from "../../science/labels";
import type { MappedLabel, Measured, NullRange } from "./mapping";
import type { MappingReader } from "./mapping-reader";
import { type Context, valueSource, within } from "./mapping-values";

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const UNIT = /^[A-Za-z0-9%._*^()/+-]{1,40}$/;
/** Would be taken for the error or flag of another label. */
const PART = /(?:Error|Flag)$/;
/** Labels that have neither an error nor a flag. */
const PLAIN: ReadonlySet<string> = new Set(["snr"]);

const KEYS = ["value", "error", "flag", "unit", "nulls", "description"] as const;

type Parts = Measured & Pick<MappedLabel, "flag" | "description">;

/** `column`, or `{ value, error, flag, unit, nulls, description }`; unit and nulls hold for the value and its error. */
function parts(reader: MappingReader, context: Context): Parts {
  if (reader.isText) return { value: valueSource(reader, context), error: null, flag: null, description: null };
  const { value, error, flag, unit, nulls, description } = reader.object(KEYS);
  const own = within(context, unit!, nulls!);
  return {
    value: valueSource(value!, own),
    error: error!.optional((given) => valueSource(given, own)),
    flag: flag!.optional((given) => given.text(undefined, "a column's name")),
    description: description!.optional((text) => text.text()),
  };
}

/** A label of the list: its values are brought to the list's unit. */
function ofTheList({ name, unit }: Label, reader: MappingReader, nulls: readonly NullRange[]): MappedLabel {
  const read = parts(reader, { target: unit ?? "-", unit: null, nulls });
  if (PLAIN.has(name) && (read.error !== null || read.flag !== null)) reader.fail("has neither an error nor a flag in the catalogue");
  return { ...read, unit };
}

/** A label of the survey's own: kept in the unit that the mapping states, which it must. */
function ofTheSurvey(name: string, reader: MappingReader, nulls: readonly NullRange[], assumed: string | null): MappedLabel {
  if (!NAME.test(name)) reader.fail("is not a label's name: letters, digits and _");
  if (PART.test(name)) reader.fail("ends as the errors and flags of labels do: give 'error' and 'flag' with the label that they belong to");
  const unit = reader.isText
    ? assumed
    : (reader.object(KEYS).unit!.optional((text) => text.text(UNIT, "a unit, as in km/s; - for a pure number")) ?? assumed);
  if (unit === null) {
    const known = LABELS.slice(0, 12).map((label) => label.name);
    reader.fail(
      `is not among the labels that all surveys share (${known.join(", ")}, ...), so the mapping must state its unit: { value: ${name}, unit: km/s }, or unit: - for a pure number`,
    );
  }
  return { ...parts(reader.without("unit"), { target: unit, unit: null, nulls }), unit: unit === "-" ? null : unit };
}

/**
 * Reads `labels`, and `more`: the same, in dex where nothing else is said.
 *
 * @returns null if the mapping has neither
 */
export function readLabels(
  labels: MappingReader,
  more: MappingReader,
  nulls: readonly NullRange[],
): ReadonlyMap<string, MappedLabel> | null {
  if (labels.isAbsent && more.isAbsent) return null;
  const read = new Map<string, MappedLabel>();
  for (const [section, assumed] of [
    [labels, null],
    [more, "dex"],
  ] as const)
    for (const [spelling, reader] of section.isAbsent ? [] : section.entries()) {
      const declared = labelSpelled(spelling);
      const name = declared?.name ?? spelling;
      const before = [...read.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
      if (before !== undefined) reader.fail(`is the label '${before}' a second time`);
      read.set(name, declared ? ofTheList(declared, reader, nulls) : ofTheSurvey(name, reader, nulls, assumed));
    }
  if (read.size === 0) labels.fail("names no label, as in { teff: { value: teff, error: e_teff } }");
  return read;
}
