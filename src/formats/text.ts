import { isAscii, isUtf8 } from "node:buffer";
import { AppError } from "../errors";

/** Number of bytes (0 to 3) of an incomplete character at the end of a chunk. */
function incompleteTail(chunk: Buffer): number {
  for (let length = 1; length <= Math.min(3, chunk.length); length++) {
    const byte = chunk[chunk.length - length]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return length < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length : 0;
  }
  return 0;
}

/**
 * Decodes UTF-8 chunks, without the byte order mark. Pure ASCII, by far the most common case, is decoded as Latin-1: one
 * byte per character in memory instead of two, and 1.7 times as fast as a streaming TextDecoder.
 *
 * @throws AppError BAD_INPUT at the first byte that is not UTF-8: another encoding, or not text at all
 */
export async function* decodeText(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  const decode = (bytes: Buffer): string => {
    if (isAscii(bytes)) return bytes.toString("latin1");
    if (!isUtf8(bytes)) throw new AppError("BAD_INPUT", `${name} is not UTF-8 text. Convert it, as with \`iconv -t utf-8\`.`);
    const text = bytes.toString("utf8");
    return first && text.startsWith("\ufeff") ? text.slice(1) : text;
  };
  for await (const chunk of chunks) {
    const whole = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const cut = whole.length - incompleteTail(whole);
    rest = whole.subarray(cut);
    if (cut > 0) yield decode(whole.subarray(0, cut));
    first &&= cut === 0;
  }
  if (rest.length > 0) yield decode(rest);
}
