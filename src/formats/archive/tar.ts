import { AppError } from "../../errors";
import { ByteReader } from "../byte-reader";
import type { TableSource } from "../table-source";
import type { Member } from "./member";

const BLOCK_BYTES = 512;
/** Of names that GNU and POSIX archives keep in a member of their own. */
const MAX_NAME_BYTES = 1 << 16;

interface Header {
  readonly name: string;
  readonly bytes: number;
  /** 0: a file, L: the next one's name, x: the next one's attributes */
  readonly type: string;
}

const text = (block: Buffer, start: number, length: number): string => {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? length : end);
};

/** A size in octal digits, or in binary where the first bit is set (GNU). */
function size(block: Buffer): number {
  if ((block[124]! & 0x80) !== 0) return Number(block.readBigUInt64BE(128));
  return Number.parseInt(text(block, 124, 12).trim() || "0", 8);
}

/** The sum of the header's bytes, its own field taken as blanks. */
function hasChecksum(block: Buffer): boolean {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK_BYTES; at++) if (at < 148 || at >= 156) sum += block[at]!;
  return sum === Number.parseInt(text(block, 148, 8).trim(), 8);
}

function readHeader(block: Buffer, file: string): Header {
  const bytes = size(block);
  if (!hasChecksum(block) || !Number.isSafeInteger(bytes) || bytes < 0)
    throw new AppError("BAD_INPUT", `${file} is damaged: a header of the tar archive does not match its checksum. Download it again.`);
  const prefix = text(block, 345, 155);
  const name = text(block, 0, 100);
  return {
    name: prefix && block.toString("latin1", 257, 262) === "ustar" ? `${prefix}/${name}` : name,
    bytes,
    type: text(block, 156, 1) || "0",
  };
}

/** `path` of a POSIX extended header: records of length, blank, key=value, line feed. */
const extendedName = (content: string): string | null => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? null;

const padded = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

/** The files of a tar archive in its order; each can be read until the next is asked for. */
export async function* tarMembers({ name: file, scan }: TableSource, mostBytes: number): AsyncGenerator<Member> {
  const bytes = await scan();
  const reader = new ByteReader(bytes.chunks);
  const truncated = () => new AppError("BAD_INPUT", `${file} is truncated: the tar archive ends before its end mark. Download it again.`);
  const take = async (length: number): Promise<Buffer> => {
    if (length > mostBytes)
      throw new AppError("BAD_INPUT", `${file} holds a file of ${length} bytes; ${mostBytes} are read at most. Unpack it first.`);
    const taken = await reader.take(padded(length));
    if (taken === null) throw truncated();
    return taken.subarray(0, length);
  };
  let longName: string | null = null;
  for (;;) {
    const block = await reader.take(BLOCK_BYTES);
    if (block === null) throw truncated();
    if (block.every((byte) => byte === 0)) break;
    const header = readHeader(block, file);
    if (header.type === "L" || header.type === "x") {
      if (header.bytes > MAX_NAME_BYTES) throw new AppError("BAD_INPUT", `${file} holds a name of ${header.bytes} bytes: it is damaged.`);
      const content = (await take(header.bytes)).toString("utf8");
      longName = header.type === "L" ? content.replace(/\0.*$/s, "") : (extendedName(content) ?? longName);
      continue;
    }
    let content: Buffer | null = null;
    const read = async () => (content ??= await take(header.bytes));
    if (header.type === "0") yield { name: longName ?? header.name, bytes: header.bytes, read };
    longName = null;
    if (content === null && !(await reader.skip(padded(header.bytes)))) throw truncated();
  }
  // A gzip stream that ends behind the end mark is a truncated file.
  await reader.drain();
}
