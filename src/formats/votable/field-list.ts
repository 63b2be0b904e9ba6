import { checkColumnCount } from "../column-limit";
import { type Field, type NullValue, readField, readNullValue } from "./votable-field";

/** The columns that a TABLE element declares, one after the other. */
export class FieldList {
  fields: Field[] = [];
  /** Nulls of VALUES elements that others may refer to. */
  private readonly nullsById = new Map<string, NullValue>();

  constructor(private readonly file: string) {}

  clear(): void {
    this.fields = [];
  }

  add(attributes: Readonly<Record<string, string>>): void {
    this.fields.push(readField(attributes, this.file));
    checkColumnCount(this.fields.length, this.file);
  }

  /** A VALUES element, of the last column or of a parameter. */
  addValues({ ID, ref, null: given }: Readonly<Record<string, string>>, ofColumn: boolean): void {
    const declared = given === undefined ? this.nullsById.get(ref ?? "") : readNullValue(given);
    if (declared === undefined) return;
    if (ID !== undefined) this.nullsById.set(ID, declared);
    const last = this.fields.at(-1);
    if (ofColumn && last) last.nullValue = declared;
  }

  describe(description: string): void {
    const last = this.fields.at(-1);
    if (last) last.description = description.trim();
  }
}
