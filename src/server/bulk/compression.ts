import type { Transform } from "node:stream";
import zlib from "node:zlib";

const { Z_SYNC_FLUSH, ZSTD_e_flush } = zlib.constants as typeof zlib.constants & { readonly ZSTD_e_flush?: number };
/** Since Node 22.15; older ones answer gzip. */
const { createZstdCompress } = zlib as { createZstdCompress?: (options: object) => Transform };

export interface Encoding {
  readonly name: "zstd" | "gzip";
  create(): Transform;
}

/** Quick rather than small: a download waits for this one core. What is written is flushed, so that no piece waits for the next. */
const GZIP: Encoding = { name: "gzip", create: () => zlib.createGzip({ level: 1, flush: Z_SYNC_FLUSH }) };
const ZSTD: readonly Encoding[] = createZstdCompress ? [{ name: "zstd", create: () => createZstdCompress({ flush: ZSTD_e_flush }) }] : [];
const ENCODINGS: readonly Encoding[] = [...ZSTD, GZIP];

/** @returns the best encoding that an Accept-Encoding header allows; null: as it is */
export function chooseEncoding(accepted = ""): Encoding | null {
  const names = accepted
    .toLowerCase()
    .split(",")
    .filter((one) => !/;\s*q=0(\.0*)?\s*$/.test(one))
    .map((one) => one.split(";")[0]!.trim());
  return ENCODINGS.find(({ name }) => names.includes(name)) ?? null;
}
