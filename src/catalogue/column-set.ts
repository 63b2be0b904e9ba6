/** The columns that a statement reads. Equal sets are the same object. */
export interface ColumnSet<Column extends string> {
  readonly columns: readonly Column[];
  /** name of the prepared statement */
  readonly statement: string;
  readonly sql: string;
}

/**
 * Largest number of sets with their own statement. Clients choose the columns, and every connection keeps all its prepared
 * statements (about 50 kB each); applications send only a few different queries.
 */
const MOST_SETS = 100;

/** The sets of columns that are read from one table, each with its own statement. */
export class ColumnSets<Column extends string> {
  readonly every: ColumnSet<Column>;
  private readonly sets = new Map<string, ColumnSet<Column>>();

  /**
   * @param name prefix of the statements, such as `stars-by-ids`
   * @param all columns, in the order in which they are read
   * @param write returns the SQL that reads some columns
   */
  constructor(
    private readonly name: string,
    private readonly all: readonly Column[],
    private readonly write: (columns: readonly Column[]) => string,
  ) {
    this.every = this.of(all);
  }

  /** @returns the set of these columns; once there are `MOST_SETS`, the set of all columns */
  of(wanted: Iterable<Column>): ColumnSet<Column> {
    const asked = new Set(wanted);
    const columns = this.all.filter((column) => asked.has(column));
    const key = columns.join();
    const known = this.sets.get(key);
    if (known) return known;
    if (this.sets.size >= MOST_SETS) return this.every;
    const set = { columns, statement: `${this.name}-${this.sets.size}`, sql: this.write(columns) };
    this.sets.set(key, set);
    return set;
  }
}
