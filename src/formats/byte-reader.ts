/** Takes exact numbers of bytes off a stream of chunks. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.source = chunks[Symbol.asyncIterator]();
  }

  /** @returns `length` bytes, or null if the stream ends before */
  async take(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [this.rest];
    let have = this.rest.length;
    while (have < length) {
      const next = await this.source.next();
      if (next.done) return null;
      parts.push(next.value);
      have += next.value.length;
    }
    const all = parts.length === 1 ? this.rest : Buffer.concat(parts);
    this.rest = all.subarray(length);
    return all.subarray(0, length);
  }

  /** Skips bytes. @returns false if the stream ends before */
  async skip(length: number): Promise<boolean> {
    let left = length - this.rest.length;
    if (left <= 0) {
      this.rest = this.rest.subarray(length);
      return true;
    }
    while (left > 0) {
      const next = await this.source.next();
      if (next.done) return false;
      this.rest = next.value.subarray(Math.min(left, next.value.length));
      left -= next.value.length;
    }
    return true;
  }

  /** Reads the rest, so that errors in it are found. */
  async drain(): Promise<void> {
    while (!(await this.source.next()).done);
  }
}
