import { crc32, deflateRawSync } from "node:zlib";

interface Packed {
  readonly name: string;
  readonly content: string | Buffer;
}

const u16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

/** A zip archive, each file deflated. @param checksums whether they are those of the contents */
export function zipFile(files: readonly Packed[], checksums = true): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, content } of files) {
    const [path, plain] = [Buffer.from(name), Buffer.from(content)];
    const deflated = deflateRawSync(plain);
    const shared = Buffer.concat([
      ...[20, 0, 8, 0, 0].map(u16),
      u32(checksums ? crc32(plain) : 1),
      u32(deflated.length),
      u32(plain.length),
      u16(path.length),
      u16(0),
    ]);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), shared, path, deflated]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), u16(20), shared, ...[0, 0, 0].map(u16), u32(0), u32(offset), path]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.concat([
    Buffer.from("PK\x05\x06"),
    ...[0, 0, files.length, files.length].map(u16),
    u32(central.length),
    u32(offset),
    u16(0),
  ]);
  return Buffer.concat([...parts, central, end]);
}

function tarEntry(name: string, content: Buffer, type = "0"): Buffer {
  const header = Buffer.alloc(512);
  header.write(name.slice(0, 100), 0);
  header.write("0000644\0", 100);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("        ", 148);
  header.write(type, 156);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** A tar archive; long names as GNU tar writes them. */
export function tarFile(files: readonly Packed[]): Buffer {
  const entries = files.map(({ name, content }) => {
    const long = name.length > 100 ? [tarEntry("././@LongLink", Buffer.from(`${name}\0`), "L")] : [];
    return Buffer.concat([...long, tarEntry(name, Buffer.from(content))]);
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}
