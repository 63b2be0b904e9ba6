import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { AppError } from "../../errors";
import { csvLine } from "../../formats/csv/csv-line";
import type { Cell, Column } from "../../formats/table";
import { makeFolder } from "../../make-folder";

function cellText(cell: Cell): string {
  if (cell === null) return "";
  return Array.isArray(cell) ? `[${cell.map((element) => element ?? "null").join(",")}]` : String(cell);
}

/**
 * Counts rejected rows by reason and keeps them, as they came, in a CSV file: reason, row number, then the table's
 * own columns. The file is made with the first of them.
 */
export class Rejects {
  readonly reasons: Record<string, number> = {};
  total = 0;
  private stream: WriteStream | null = null;
  /** That of the stream, as of a full disk: met by the next row, or by the file's end. */
  private failure: Error | null = null;

  constructor(
    readonly file: string,
    private readonly columns: readonly Column[],
    private readonly maxRejected: number,
  ) {}

  /**
   * @param count of what is rejected: one row, or several points of it
   * @throws AppError BAD_INPUT if more is rejected than is allowed
   */
  async add(reason: string, rowNumber: number, row: readonly Cell[], count = 1): Promise<void> {
    this.count(reason, count);
    this.stream ??= await this.open();
    if (this.failure) throw this.failure;
    if (!this.stream.write(csvLine([reason, String(rowNumber), ...row.map(cellText)]))) await once(this.stream, "drain");
  }

  /** Counts what is rejected without a row of its own to keep. @throws AppError as `add` */
  count(reason: string, count: number): void {
    this.total += count;
    this.reasons[reason] = (this.reasons[reason] ?? 0) + count;
    if (this.total > this.maxRejected) throw this.tooMany();
  }

  /** @returns the file, null if no row was rejected */
  async close(): Promise<string | null> {
    if (this.stream === null) return null;
    this.stream.end();
    await finished(this.stream);
    if (this.failure) throw this.failure;
    return this.file;
  }

  /** Removes what was written: the file's ingest failed, so none of its rows was judged for good. */
  async discard(): Promise<void> {
    const { stream } = this;
    if (stream && !stream.closed) await new Promise<void>((resolve) => stream.once("close", resolve).destroy());
    await rm(this.file, { force: true });
  }

  private tooMany(): AppError {
    const reasons = Object.entries(this.reasons).map(([reason, count]) => `${reason} (${count})`);
    return new AppError(
      "BAD_INPUT",
      `More than ${this.maxRejected} rows or points are rejected: ${reasons.join(", ")}. Nothing was kept; --max-rejected allows more.`,
    );
  }

  private async open(): Promise<WriteStream> {
    makeFolder(path.dirname(this.file));
    const stream = createWriteStream(this.file);
    stream.on("error", (error) => {
      this.failure = error;
    });
    stream.write(csvLine(["reject_reason", "row_number", ...this.columns.map(({ name }) => name)]));
    return stream;
  }
}
