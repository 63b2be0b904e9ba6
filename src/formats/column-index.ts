import { AppError } from "../errors";
import type { Column } from "./table";

const keyOf = (name: string): string => name.trim().toLowerCase();

/** Where each column of a table stands, by its name in any case and without blanks around it: `source_id`, `SOURCE_ID`, `Source_ID `. */
export class ColumnIndex {
  private readonly positions = new Map<string, number[]>();

  /** @param file for messages */
  constructor(
    private readonly columns: readonly Pick<Column, "name">[],
    private readonly file = "The table",
  ) {
    for (const [index, { name }] of columns.entries()) {
      const key = keyOf(name);
      this.positions.set(key, [...(this.positions.get(key) ?? []), index]);
    }
  }

  /**
   * @returns the column's position, -1 if the table lacks it
   * @throws AppError BAD_INPUT if two columns have the name: which one is meant cannot be known
   */
  find(name: string): number {
    const found = keyOf(name) === "" ? undefined : this.positions.get(keyOf(name));
    if (found === undefined) return -1;
    if (found.length === 1) return found[0]!;
    const names = found.map((index) => `'${this.columns[index]!.name}'`).join(", ");
    throw new AppError(
      "BAD_INPUT",
      `${this.file}: ${found.length} columns are called '${name}' (${names}; upper and lower case are not told apart). Remove or rename all but the one that is meant.`,
    );
  }

  /** @returns the position of the first of the names that the table has, -1 if it has none */
  findAny(names: readonly string[]): number {
    for (const name of names) {
      const position = this.find(name);
      if (position !== -1) return position;
    }
    return -1;
  }

  /**
   * @param what the kind of table wanted, as in `a Gaia source table`
   * @throws AppError BAD_INPUT that names what is lacking, what is required and what was found
   */
  require(names: readonly string[], file: string, what: string): void {
    const lacking = names.filter((name) => this.find(name) === -1);
    if (lacking.length === 0) return;
    throw new AppError(
      "BAD_INPUT",
      `${file} is not ${what}: lacks ${lacking.join(", ")}. Required: ${names.join(", ")}. Found: ${this.describe()}.`,
    );
  }

  /** The columns' names, for a message: the first 20. */
  describe(): string {
    const names = this.columns.slice(0, 20).map(({ name }) => name);
    return names.join(", ") + (this.columns.length > 20 ? `, ... (${this.columns.length} in all)` : "");
  }
}
