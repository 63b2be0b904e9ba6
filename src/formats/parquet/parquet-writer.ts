import type { FileMetaData, RowGroup } from "hyparquet";
import { readCopy } from "../copy/copy-binary";
import { aboutTexts, NOTHING_ABOUT, type OutputColumn, type TableAbout } from "../output-table";
import { votableHead } from "../votable/votable-table";
import { metadataXml } from "../votable/votable-writer";
import { VOPARQUET_KEY } from "./parquet-descriptions";
import { type ParquetTools, PendingColumn, parquetTools, schemaElements } from "./parquet-group";

/**
 * Rows per row group. Readers process a group per thread; each takes some kilobytes in the footer, which is held until the
 * end. The compressed pages of a group are held in memory: about 20 MB with all columns of a star.
 */
const GROUP_ROWS = 100_000;

const MAGIC = Buffer.from("PAR1");

/**
 * Key-value metadata: a VOTable without rows, which astronomy's readers know (IVOA note VOParquet 1.0), and for others each
 * column's unit and description as JSON under `asterism.columns`.
 */
function describe(columns: readonly OutputColumn[], about: TableAbout): { key: string; value: string }[] {
  const asJson = Object.fromEntries(columns.map(({ name, unit, ucd = null, description }) => [name, { unit, ucd, description }]));
  return [
    { key: "IVOA.VOTable-Parquet.version", value: "1.0" },
    { key: VOPARQUET_KEY, value: metadataXml(votableHead(columns, about)) },
    { key: "asterism.columns", value: JSON.stringify(asJson) },
    ...[...aboutTexts(about)].map(([name, value]) => ({ key: `asterism.${name}`, value })),
  ];
}

function metadataOf(columns: readonly OutputColumn[], groups: RowGroup[], about: TableAbout): Omit<FileMetaData, "metadata_length"> {
  return {
    version: 2,
    created_by: "asterism",
    schema: [{ name: "schema", num_children: columns.length }, ...columns.flatMap(schemaElements)],
    num_rows: groups.reduce((rows, group) => rows + group.num_rows, 0n),
    row_groups: groups,
    key_value_metadata: describe(columns, about),
  };
}

/** A file under construction: returns complete row groups, and holds the footer until the end. */
class ParquetFile {
  private readonly writer = new this.tools.ByteWriter(1 << 20);
  private readonly pending = this.columns.map((column) => new PendingColumn(column, this.tools));
  private readonly groups: RowGroup[] = [];
  private rows = 0;

  constructor(
    private readonly columns: readonly OutputColumn[],
    private readonly about: TableAbout,
    private readonly tools: ParquetTools,
  ) {
    this.writer.appendBytes(MAGIC);
  }

  add(copied: Buffer): void {
    const { rows, columns } = readCopy(copied, this.columns);
    for (const [index, data] of columns.entries()) this.pending[index]!.add(data, rows);
    this.rows += rows;
    if (this.rows >= GROUP_ROWS) this.endGroup();
  }

  private endGroup(): void {
    const columns = this.pending.map((column) => column.flush(this.writer));
    const sum = (of: "total_uncompressed_size" | "total_compressed_size") =>
      columns.reduce((total, { meta_data }) => total + (meta_data?.[of] ?? 0n), 0n);
    const sizes = { total_byte_size: sum("total_uncompressed_size"), total_compressed_size: sum("total_compressed_size") };
    this.groups.push({ columns, num_rows: BigInt(this.rows), ...sizes });
    this.rows = 0;
  }

  finish(): void {
    if (this.rows > 0) this.endGroup();
    const metadata: Omit<FileMetaData, "metadata_length"> = metadataOf(this.columns, this.groups, this.about);
    // The length follows the metadata and is not part of it.
    this.tools.writeMetadata(this.writer, metadata as FileMetaData);
    this.writer.appendBytes(MAGIC);
  }

  /** @returns the bytes written since the last call */
  drain(): Uint8Array {
    const bytes = this.writer.getBytes().slice();
    this.writer.index = 0; // `offset`, the place in the file, goes on
    return bytes;
  }
}

/** A Parquet file, compressed with Snappy. */
export async function* writeParquet(
  columns: readonly OutputColumn[],
  copied: AsyncIterable<Buffer>,
  about: TableAbout = NOTHING_ABOUT,
): AsyncGenerator<Uint8Array> {
  const file = new ParquetFile(columns, about, await parquetTools());
  yield file.drain();
  for await (const bytes of copied) {
    file.add(bytes);
    yield file.drain();
  }
  file.finish();
  yield file.drain();
}
