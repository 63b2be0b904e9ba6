import DataLoader from "dataloader";

/**
 * Loads one kind of data by source_id for one request. Like a DataLoader, but it can also load many stars ahead, before
 * their fields are resolved, and then return values synchronously: a promise per star costs more than reading the value.
 */
export class StarLoader<Value> {
  private readonly here = new Map<bigint, Value>();
  private readonly coming = new Map<bigint, Promise<void>>();
  private single: DataLoader<bigint, Value> | null = null;

  constructor(private readonly fetch: (sourceIds: readonly bigint[]) => Promise<Value[]>) {}

  /**
   * Loads, in one batch, those of the stars that were not loaded ahead yet.
   *
   * @returns once all have arrived; rejects with the error that `load` will then reject with for each of them
   */
  async ahead(sourceIds: readonly bigint[]): Promise<void> {
    const lacking = sourceIds.filter((sourceId) => !this.coming.has(sourceId));
    if (lacking.length > 0) {
      const arrival = this.arrival(lacking);
      for (const sourceId of lacking) this.coming.set(sourceId, arrival);
    }
    await Promise.all(new Set(sourceIds.map((sourceId) => this.coming.get(sourceId))));
  }

  /** @returns the star's value if it was loaded ahead and has arrived, otherwise undefined */
  peek(sourceId: bigint): Value | undefined {
    return this.here.get(sourceId);
  }

  load(sourceId: bigint): Promise<Value> {
    const arrival = this.coming.get(sourceId);
    if (arrival) return arrival.then(() => this.here.get(sourceId) as Value);
    this.single ??= new DataLoader(this.fetch);
    return this.single.load(sourceId);
  }

  private async arrival(sourceIds: readonly bigint[]): Promise<void> {
    const values = await this.fetch(sourceIds);
    for (let index = 0; index < sourceIds.length; index++) this.here.set(sourceIds[index]!, values[index] as Value);
  }
}
