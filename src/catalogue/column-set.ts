/** The columns that a statement reads. Sets of the same columns are the same object. */
export interface ColumnSet<Column extends string> {
  readonly columns: readonly Column[];
  /** under which each connection keeps the statement prepared */
  readonly statement: string;
  readonly sql: string;
}

/**
 * Sets that have a statement of their own: a connection keeps every statement it has prepared (some 50 kB each), and
 * readers choose the columns. Applications ask the same few questions.
 */
const MOST_SETS = 100;

/** The sets of columns that are read of one table, each by a statement of its own. */
export class ColumnSets<Column extends string> {
  readonly every: ColumnSet<Column>;
  private readonly sets = new Map<string, ColumnSet<Column>>();

  /**
   * @param name of the statements, as in `stars-by-ids`
   * @param all in the order in which they are read
   * @param write the statement that reads some columns
   */
  constructor(
    private readonly name: string,
    private readonly all: readonly Column[],
    private readonly write: (columns: readonly Column[]) => string,
  ) {
    this.every = this.of(all);
  }

  /** @returns the set of these columns; once there are `MOST_SETS`, all columns for any other */
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
