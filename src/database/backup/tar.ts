/** [byte] A tar file is made of blocks of this size (POSIX.1-1988, ustar). */
export const BLOCK = 512;

/** A file in a tar file. */
export interface TarEntry {
  /** path with forward slashes */
  readonly name: string;
  /** [byte] */
  readonly size: number;
}

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, "0")}\0`;

/** The sum of a header's bytes, its own eight counted as blanks. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += header[at]!;
  return sum;
}

/** @returns bytes that fill the last block of a file */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** @throws Error if the name is longer than 100 bytes: those of a data folder are shorter than 80 */
export function tarHeader({ name, size }: TarEntry): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for a backup.`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(0, 12), 136);
  header.write("0", 156);
  header.write("ustar\x0000", 257);
  header.write(`${checksum(header).toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** @returns null for the end of the archive; undefined if the header is damaged */
export function readTarHeader(header: Buffer): TarEntry | null | undefined {
  if (header.every((byte) => byte === 0)) return null;
  const text = (from: number, length: number) => header.toString("utf8", from, from + length).replace(/\0.*$/s, "");
  if (Number.parseInt(text(148, 8), 8) !== checksum(header)) return undefined;
  const size = Number.parseInt(text(124, 12), 8);
  return Number.isSafeInteger(size) ? { name: text(0, 100), size } : undefined;
}
