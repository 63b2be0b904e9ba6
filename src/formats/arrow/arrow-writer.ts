import { Field, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } from "apache-arrow";
import { readCopy } from "../copy/copy-binary";
import { aboutTexts, NOTHING_ABOUT, type OutputColumn, type TableAbout } from "../output-table";
import { arrowColumn, arrowType } from "./arrow-columns";

/** Collects written bytes until they are taken; the library's own queue has no backpressure. */
class DrainedWriter extends RecordBatchStreamWriter {
  private parts: Uint8Array[] = [];

  protected override _write(chunk: ArrayBufferView): this {
    const part = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.parts.push(part);
    this._position += part.length;
    return this;
  }

  drain(): Uint8Array {
    const bytes = Buffer.concat(this.parts);
    this.parts = [];
    return bytes;
  }
}

function field(column: OutputColumn): Field {
  const { name, unit, ucd, description } = column;
  const said = Object.entries({ description, unit, ucd }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return new Field(name, arrowType(column), true, new Map(said));
}

/** An Arrow IPC stream with one record batch per chunk of binary COPY. Units, UCDs and descriptions are field metadata. */
export async function* writeArrow(
  columns: readonly OutputColumn[],
  copied: AsyncIterable<Buffer>,
  about: TableAbout = NOTHING_ABOUT,
): AsyncGenerator<Uint8Array> {
  const schema = new Schema(columns.map(field), aboutTexts(about));
  const writer = new DrainedWriter();
  writer.reset(undefined, schema);
  yield writer.drain();
  for await (const bytes of copied) {
    const { rows, columns: data } = readCopy(bytes, columns);
    const children = data.map((column) => arrowColumn(column, rows));
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children })));
    yield writer.drain();
  }
  writer.finish();
  yield writer.drain();
}
