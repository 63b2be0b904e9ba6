import DataLoader from "dataloader";

/**
 * What one request loads of one kind by source_id: a DataLoader that can also load many stars ahead of those who will
 * ask, and have at hand what has come. A promise for each of a hundred stars would take longer than their values do.
 */
export class StarLoader<Value> {
  private readonly here = new Map<bigint, Value>();
  private readonly coming = new Map<bigint, Promise<void>>();
  private single: DataLoader<bigint, Value> | null = null;

  constructor(private readonly fetch: (sourceIds: readonly bigint[]) => Promise<Value[]>) {}

  /**
   * Loads what of these stars was not loaded ahead yet, as one.
   *
   * @returns once it has come; rejects as `load` then will for each of them
   */
  async ahead(sourceIds: readonly bigint[]): Promise<void> {
    const lacking = sourceIds.filter((sourceId) => !this.coming.has(sourceId));
    if (lacking.length > 0) {
      const arrival = this.arrival(lacking);
      for (const sourceId of lacking) this.coming.set(sourceId, arrival);
    }
    await Promise.all(new Set(sourceIds.map((sourceId) => this.coming.get(sourceId))));
  }

  /** @returns the star's value where it was loaded ahead and has come, else undefined */
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
