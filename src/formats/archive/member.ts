import { AppError } from "../../errors";

/** A file in an archive. */
export interface Member {
  /** path within the archive */
  readonly name: string;
  /** [byte] as the archive states it */
  readonly bytes: number;
  /** Reads it whole; only until the next member is asked for. */
  read(): Promise<Buffer>;
}

/** @throws AppError BAD_INPUT if there are more bytes than are read */
export async function readAll(chunks: AsyncIterable<Buffer>, name: string, mostBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new AppError("BAD_INPUT", `${name} unpacks to more than the ${mostBytes} bytes that are read. Unpack it first.`);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
