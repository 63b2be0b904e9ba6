import { LRUCache } from "lru-cache";
import { cacheUsed } from "../../telemetry/signals";

/** A bounded in-process cache for Apollo, which signals hits and misses. */
export class CountedCache<Value extends object | string> {
  private readonly values: LRUCache<string, Value>;

  /**
   * @param name of the cache in metrics
   * @param maxSize largest sum of the sizes of its values
   */
  constructor(
    private readonly name: string,
    maxSize: number,
    sizeOf: (value: Value) => number,
  ) {
    this.values = new LRUCache({ maxSize, sizeCalculation: (value) => Math.max(1, sizeOf(value)) });
  }

  async get(key: string): Promise<Value | undefined> {
    const value = this.values.get(key);
    cacheUsed.tell({ cache: this.name, hit: value !== undefined });
    return value;
  }

  async set(key: string, value: Value): Promise<void> {
    this.values.set(key, value);
  }

  async delete(key: string): Promise<boolean> {
    return this.values.delete(key);
  }
}
