import { gzipSync } from "node:zlib";
import { tarFile, zipFile } from "../support/archives";
import { readTable, temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const first = { name: "EPOCH_PHOTOMETRY-Gaia DR3 1.csv", content: "source_id,time\n1,10.5\n" };
const second = { name: "EPOCH_PHOTOMETRY-Gaia DR3 2.csv", content: "source_id,time\n2,11.5\n2,12.5\n" };
const other = { name: "XP_SAMPLED-Gaia DR3 1.csv", content: "wavelength,flux\n336,1.5\n" };
const BOTH = [
  ["1", "10.5"],
  ["2", "11.5"],
  ["2", "12.5"],
];

test.each([
  ["a zip archive", zipFile([first, second])],
  ["a tar archive", tarFile([first, second])],
  ["a gzipped tar archive", gzipSync(tarFile([first, second]))],
  [
    "files in a folder, with those that a desktop adds",
    zipFile([{ name: "__MACOSX/._a.csv", content: "x" }, { ...first, name: `data/${first.name}` }, second]),
  ],
  ["gzipped files", zipFile([{ ...first, content: gzipSync(first.content) }, second])],
  ["names longer than a header's field", tarFile([first, { ...second, name: `${"long/".repeat(30)}${second.name}` }])],
])("the tables in %s are read as one", async (_what, content) => {
  const told: number[] = [];
  const file = folder.write("products", content);
  const table = await readTable(file, { onBytes: (chunk) => told.push(chunk.length) });
  expect(table).toMatchObject({ names: ["source_id", "time"], rows: BOTH });
  expect(told.reduce((sum, bytes) => sum + bytes, 0)).toBe(content.length);
});

test("of products of several kinds, one is chosen by the beginning of its files' names", async () => {
  const file = folder.write("mixed.zip", zipFile([first, other, second]));
  await expect(readTable(file)).rejects.toThrow(
    /mixed.zip holds tables of several kinds: EPOCH_PHOTOMETRY-Gaia DR3 1.csv, XP_SAMPLED.*--table/,
  );
  expect((await readTable(file, { table: "EPOCH" })).rows).toEqual(BOTH);
  expect((await readTable(file, { table: other.name })).rows).toEqual([["336", "1.5"]]);
  await expect(readTable(file, { table: "RVS" })).rejects.toThrow("mixed.zip holds no table file called 'RVS'");
});

const whole = zipFile([first, second]);
const wholeTar = tarFile([first, second]);
test.each([
  ["a truncated zip", whole.subarray(0, whole.length - 30), /cannot be read as a zip archive: .* Is it truncated\?/],
  ["a zip whose content does not match its checksum", zipFile([first], false), /does not match its checksum/],
  ["a zip that names a file outside itself", zipFile([{ ...first, name: "../stars.csv" }]), /zip archive: .*\.\.|outside itself/],
  ["a tar that names a file outside itself", tarFile([{ ...first, name: "a/../../stars.csv" }]), /names a file outside itself/],
  ["a tar cut off in a file", wholeTar.subarray(0, 700), /is truncated: the tar archive ends before its end mark/],
  ["a tar cut off behind a file", wholeTar.subarray(0, 1024), /is truncated: the tar archive ends before its end mark/],
  ["a damaged tar", Buffer.from(wholeTar.map((byte, at) => (at === 130 ? byte + 1 : byte))), /does not match its checksum/],
  ["an archive within an archive", zipFile([{ name: "inner.zip", content: whole }]), /is an archive within an archive/],
  ["an archive without a table", zipFile([{ name: "README.txt", content: "hello" }]), /holds no table file/],
  ["an error page within", zipFile([{ name: "a.csv", content: "<html><title>503</title></html>" }]), /a.csv is a web page/],
])("%s is refused", async (_what, content, fault) => {
  await expect(readTable(folder.write("bad", content))).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(fault) });
});

test("an archive that unpacks to more than is read is refused before it fills the memory", async () => {
  const large = zipFile([{ name: "a.csv", content: `id\n${"1\n".repeat(100_000)}` }]);
  await expect(readTable(folder.write("large.zip", large), { maxBytes: 10_000 })).rejects.toThrow("unpacks to more than 10000 bytes");
});
