import zlib from "node:zlib";
import type { Compressors } from "hyparquet";

/** [byte] Limit for the size that the header of a page claims; writers make pages of about 1 MiB. */
const MAX_PAGE_BYTES = 1 << 26;

type Decompress = (bytes: Uint8Array, size: number) => Uint8Array;

const bounded =
  (decompress: Decompress): Decompress =>
  (bytes, size) => {
    if (size <= MAX_PAGE_BYTES) return decompress(bytes, size);
    throw new Error(`a page of ${size} bytes is larger than is read`);
  };

/** Every codec that Parquet has, each with a limit to what it unpacks. Loaded with the first file. */
export async function parquetCodecs(): Promise<Compressors> {
  const { snappyUncompress } = await import("hyparquet");
  const { decompressLz4, decompressLz4Raw, decompressZstd } = await import("hyparquet-compressors");
  const limit = { maxOutputLength: MAX_PAGE_BYTES };
  return {
    SNAPPY: bounded((bytes, size) => {
      const output = new Uint8Array(size);
      snappyUncompress(bytes, output);
      return output;
    }),
    GZIP: bounded((bytes) => zlib.gunzipSync(bytes, limit)),
    BROTLI: bounded((bytes) => zlib.brotliDecompressSync(bytes, limit)),
    ZSTD: bounded((bytes, size) => decompressZstd(bytes, new Uint8Array(size))),
    LZ4: bounded((bytes, size) => decompressLz4(bytes, size)),
    LZ4_RAW: bounded((bytes, size) => decompressLz4Raw(bytes, size)),
  };
}
