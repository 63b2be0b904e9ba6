import DataLoader from "dataloader";

/**
 * What one request loads of one kind by source_id: a DataLoader that can also load many stars ahead of those who will
 * ask, and have at hand what has come. A promise for each of a hundred stars would take longer than their values do.
 */
export class StarLoader<Value> extends DataLoader<bigint, Value> {
  private readonly here = new Map<bigint, Value>();
  private readonly coming = new Map<bigint, Promise<void>>();

  constructor(private readonly fetch: (sourceIds: readonly bigint[]) => Promise<Value[]>) {
    super((sourceIds) => fetch(sourceIds));
  }

  /**
   * Loads what of these stars was not asked for yet, as one.
   *
   * @returns once it has come; rejects as `load` then will for each of them
   */
  ahead(sourceIds: readonly bigint[]): Promise<void> {
    const lacking = sourceIds.filter((sourceId) => !this.coming.has(sourceId));
    const arrival = this.fetch(lacking).then((values) => {
      for (const [index, sourceId] of lacking.entries()) this.here.set(sourceId, values[index] as Value);
    });
    for (const sourceId of lacking) this.coming.set(sourceId, arrival);
    return lacking.length === sourceIds.length ? arrival : Promise.all(sourceIds.map((one) => this.coming.get(one))).then(() => undefined);
  }

  /** @returns the star's value where it was loaded ahead and has come, else undefined */
  peek(sourceId: bigint): Value | undefined {
    return this.here.get(sourceId);
  }

  override load(sourceId: bigint): Promise<Value> {
    const arrival = this.coming.get(sourceId);
    return arrival ? arrival.then(() => this.here.get(sourceId) as Value) : super.load(sourceId);
  }
}
