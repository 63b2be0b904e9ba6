/** One condition of a clean sample. */
export interface Cut<Row> {
  /** what is kept, as in `signal to noise above 95` */
  readonly name: string;
  keeps(row: Row): boolean;
}

/** What one condition cost. */
export interface CutLoss {
  readonly cut: string;
  /** rows that fail it, of those that the conditions before it left */
  readonly lost: number;
  readonly left: number;
}

/** The rows that meet every condition, and what each condition cost. */
export interface CleanSample<Row> {
  readonly rows: readonly Row[];
  readonly losses: readonly CutLoss[];
}

/** Applies conditions one after the other: a sample is declared as a list of them. */
export function cleanSample<Row>(all: readonly Row[], cuts: readonly Cut<Row>[]): CleanSample<Row> {
  let rows = all;
  const losses: CutLoss[] = [];
  for (const { name, keeps } of cuts) {
    const left = rows.filter(keeps);
    losses.push({ cut: name, lost: rows.length - left.length, left: left.length });
    rows = left;
  }
  return { rows, losses };
}
