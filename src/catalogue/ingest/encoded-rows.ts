import { AppError } from "../../errors";
import type { TableStream } from "../../formats/table";
import { Rejected } from "./column";
import type { IngestPlan } from "./plan";
import type { Rejects } from "./rejects";

/** COPY text goes to the database in parts of about this size: the embedded engine holds a part in memory. */
const PART_BYTES = 1 << 23;

/** Some rows of the file as lines of COPY text. */
export interface Part {
  readonly bytes: Buffer;
  readonly first: bigint | string;
  readonly last: bigint | string;
  /** Whether every key up to here is greater than the one before it: then none came twice. */
  readonly rising: boolean;
}

/** What one pass over the file's rows is done with, and what it counts. */
export interface Pass {
  readonly batches: TableStream["batches"];
  readonly plan: IngestPlan;
  readonly rejects: Rejects;
  /** What each line begins with, before the plan's columns. */
  linePrefix(rowNumber: number): string;
  read: number;
}

/** Collects lines until they make a part. */
class PartBuilder {
  private lines: string[] = [];
  private chars = 0;
  private first: bigint | string | null = null;
  private last: bigint | string | null = null;
  private rising = true;

  add(key: bigint | string, line: string): void {
    if (this.last !== null && key <= this.last) this.rising = false;
    this.first ??= key;
    this.last = key;
    this.lines.push(line);
    this.chars += line.length;
  }

  get isFull(): boolean {
    return this.chars >= PART_BYTES;
  }

  /** @returns null if nothing was added since the last part */
  take(): Part | null {
    if (this.first === null || this.last === null) return null;
    const part = { bytes: Buffer.from(this.lines.join("")), first: this.first, last: this.last, rising: this.rising };
    this.lines = [];
    this.chars = 0;
    this.first = null;
    return part;
  }
}

/**
 * Turns a table's rows into parts of COPY text; rows that the plan refuses go to the rejects.
 *
 * @throws AppError BAD_INPUT for a fault of the file, or where too many rows are refused
 */
export async function* encodeRows(pass: Pass): AsyncGenerator<Part> {
  const { plan, rejects } = pass;
  const builder = new PartBuilder();
  for await (const batch of pass.batches) {
    for (const row of batch) {
      pass.read++;
      const encoded = plan.encode(row, pass.read);
      if (encoded instanceof Rejected) await rejects.add(encoded.reason, pass.read, row);
      else builder.add(encoded.key, `${pass.linePrefix(pass.read)}\t${encoded.line}\n`);
    }
    const part = builder.isFull ? builder.take() : null;
    if (part !== null) yield part;
  }
  const rest = builder.take();
  if (rest !== null) yield rest;
  if (pass.read === 0) throw new AppError("BAD_INPUT", "The table has no rows. Check the query or the export that made it.");
}
