import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { readIdsInThread } from "../../src/catalogue/lookup/ids-thread";
import { TABLE_FORMATS } from "../../src/formats/table-formats";
import { Pace } from "../../src/server/bulk/pace";
import { Uploads } from "../../src/server/bulk/uploads";
import { copied } from "../support/copied";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const COLUMN = { name: "source_id", type: "int64", unit: null, description: "" } as const;

async function parquet(ids: readonly bigint[]): Promise<Buffer> {
  const { write } = TABLE_FORMATS.parquet;
  const rows = async function* () {
    yield copied(
      "binary",
      ["int64"],
      ids.map((id) => [id]),
    );
  };
  const parts: Uint8Array[] = [];
  for await (const part of write([COLUMN], rows())) parts.push(part);
  return Buffer.concat(parts);
}

const read = (file: string, signal = new AbortController().signal) => readIdsInThread(file, {}, signal);

test("ids keep every digit through Parquet", async () => {
  const ids = [6917528997577384321n, 1n, 6917529027641081855n];
  expect([...(await read(folder.write("good.parquet", await parquet(ids))))]).toEqual(ids);
});

test("a Parquet file whose bytes are damaged anywhere is read or refused, and nothing else happens", async () => {
  const whole = await parquet(Array.from({ length: 20 }, (_, n) => BigInt(n)));
  for (let place = 0; place < whole.length; place += 31) {
    const damaged = Buffer.from(whole);
    damaged[place] = damaged[place]! ^ 0xff;
    const outcome = await read(folder.write("damaged.parquet", damaged)).catch((error: unknown) => error);
    if (!(outcome instanceof BigInt64Array)) expect(outcome).toMatchObject({ code: "BAD_INPUT" });
  }
});

test("a page that claims more values than its group has rows is not unpacked", async () => {
  const honest = await parquet(Array.from({ length: 300 }, () => 1n));
  // 300 as Thrift writes it, first of all in the page's header; 8191 is written as long.
  const place = honest.indexOf(Buffer.from([0xd8, 0x04]));
  const liar = Buffer.concat([honest.subarray(0, place), Buffer.from([0xfe, 0x7f]), honest.subarray(place + 2)]);
  await expect(read(folder.write("liar.parquet", liar))).rejects.toMatchObject({
    message: expect.stringContaining("more than the 300 values"),
  });
});

test("a file that is read is given up when nobody waits for it", async () => {
  const stop = new AbortController();
  const reading = read(folder.write("many.csv", "7\n".repeat(500_000)), stop.signal);
  const reason = new Error("The client is gone.");
  stop.abort(reason);
  await expect(reading).rejects.toBe(reason);
});

test("a file for which there is no room is told to come again, until another has been looked up", async () => {
  const uploads = new Uploads(10);
  const keep = (work: () => Promise<string>) => {
    const body = Object.assign(Readable.from([Buffer.from("123"), Buffer.from("456")]), { headers: {} }) as unknown as IncomingMessage;
    return uploads.with(body, new Pace(Date.now), work);
  };
  await keep(async () => {
    await expect(keep(async () => "no room")).rejects.toMatchObject({ code: "OVERLOADED" });
    return "looked up";
  });
  expect(await keep(async () => "room again")).toBe("room again");
});
