import { AppError } from "../../errors";
import type { Column } from "../../formats/table";

/** Where each column of a table stands, by its name in any case: archives write `source_id`, `SOURCE_ID`, `Source_ID`. */
export class ColumnIndex {
  private readonly positions: ReadonlyMap<string, number>;

  constructor(private readonly columns: readonly Column[]) {
    this.positions = new Map(columns.map(({ name }, index) => [name.toLowerCase(), index]));
  }

  /** @returns the column's position, -1 if the table lacks it */
  find(name: string): number {
    return this.positions.get(name.toLowerCase()) ?? -1;
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
