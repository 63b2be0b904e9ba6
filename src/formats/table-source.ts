import { type BytesOptions, bytesOf, type FileBytes, openBytes, rawChunks } from "./bytes";

/** A file, or a member of an archive, that can be read more than once. */
export interface TableSource {
  /** for messages */
  readonly name: string;
  /** Where it lies on the disk; null for what is inside an archive. */
  readonly file: string | null;
  /** Opens the bytes for a look; nobody is told of it. */
  scan(): Promise<FileBytes>;
  /** Opens the bytes to be read whole, which whoever watches is told of. */
  read(): Promise<FileBytes>;
  /** Tells whoever watches of all bytes, for formats that are read in another order. */
  tell(): Promise<void>;
}

/** A file on the disk. */
export function fileSource(file: string, name: string, { onBytes, maxBytes }: BytesOptions): TableSource {
  return {
    name,
    file,
    scan: () => openBytes(file, { maxBytes, name }),
    read: () => openBytes(file, { onBytes, maxBytes, name }),
    async tell() {
      if (onBytes) for await (const _ of rawChunks(file, onBytes));
    },
  };
}

/** Bytes in memory. */
export function memorySource(content: Buffer, name: string, maxBytes: number): TableSource {
  const open = () =>
    bytesOf(
      (async function* () {
        yield content;
      })(),
      name,
      maxBytes,
    );
  return { name, file: null, scan: open, read: open, tell: async () => undefined };
}
