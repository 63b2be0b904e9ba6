import type { SchemaElement } from "hyparquet";
import type { OutputCell, OutputColumn, OutputRow, OutputType } from "./output-table";

const PARQUET_TYPES: Readonly<Record<OutputType, Pick<SchemaElement, "type" | "converted_type">>> = {
  int64: { type: "INT64" },
  int32: { type: "INT32" },
  int16: { type: "INT32", converted_type: "INT_16" },
  float64: { type: "DOUBLE" },
  float32: { type: "FLOAT" },
  boolean: { type: "BOOLEAN" },
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
};

function columnData({ name, type }: OutputColumn, index: number, batch: readonly OutputRow[]) {
  const data: OutputCell[] = batch.map((row) => row[index]!);
  // Measured numbers hardly repeat: looking for a dictionary of them costs time and saves no space.
  return { name, data, ...(type === "string" ? {} : { encoding: "PLAIN" as const }) };
}

/** What Parquet has no field for: `asterism.columns` holds each column's unit and description as JSON. */
function describe(columns: readonly OutputColumn[]): string {
  return JSON.stringify(Object.fromEntries(columns.map(({ name, unit, description }) => [name, { unit, description }])));
}

/** A Parquet file, a row group a batch of rows, compressed with Snappy. Its footer, which grows with the groups, is kept till the end. */
export async function* writeParquet(
  columns: readonly OutputColumn[],
  batches: AsyncIterable<readonly OutputRow[]>,
): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const buffer = new ByteWriter(1 << 20);
  const drain = () => {
    const bytes = buffer.getBytes().slice();
    buffer.index = 0; // `offset`, the place in the file, goes on
    return bytes;
  };
  const fields = columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: "OPTIONAL", ...PARQUET_TYPES[type] }));
  const schema: SchemaElement[] = [{ name: "schema", num_children: columns.length }, ...fields];
  const kvMetadata = [{ key: "asterism.columns", value: describe(columns) }];
  const writer = new ParquetWriter({ writer: buffer, schema, kvMetadata, createdBy: "asterism" });
  yield drain();
  for await (const batch of batches) {
    writer.write({ columnData: columns.map((column, index) => columnData(column, index, batch)), rowGroupSize: batch.length });
    yield drain();
  }
  writer.finish();
  yield drain();
}
