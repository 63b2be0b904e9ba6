import { gzipSync } from "node:zlib";
import { fitsFile, readTable, temporaryFolder, votable } from "../support/table-files";

const folder = temporaryFolder();
const MI = 1 << 20;

/** A few KB of gzip that unpack to a hundred million bytes. */
const bomb = (head: string, filling: string) => {
  const megabyte = gzipSync(Buffer.alloc(MI, filling));
  return Buffer.concat([gzipSync(head), ...Array<Buffer>(100).fill(megabyte)]);
};

const wide = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);

test.each<[string, Buffer | string, RegExp]>([
  ["a line without end", bomb("a,b\n", "1"), /longer than 16 Mi characters/],
  ["a quote without end", bomb('a,b\n"', "1"), /longer than 16 Mi characters/],
  ["a CSV header of columns without end", bomb("", "a,"), /longer than 16 Mi characters/],
  ["a CSV header of too many columns", `${wide(200_000).join(",")}\n`, /more than 10000 columns/],
  ["an ECSV header without end", bomb("# %ECSV 1.0\n# ---\n", "# x: 1\n"), /ECSV header is longer/],
  ["a VOTable of fields without end", bomb("<VOTABLE><RESOURCE><TABLE>", '<FIELD name="a" datatype="int"/>'), /more than 10000 columns/],
  ["a VOTable nested without end", bomb("<VOTABLE>", "<RESOURCE>"), /more than 100 deep/],
  ["a VOTable with an attribute without end", bomb('<VOTABLE version="', "1"), /longer than 16 Mi characters/],
  ["a VOTable with text without end", bomb("<VOTABLE><DESCRIPTION>", "1"), /longer than 16 Mi characters/],
  [
    "a VOTable column of an absurd size",
    votable('<FIELD name="a" datatype="int" arraysize="99999x99999"/>', ""),
    /more than 16777216 elements/,
  ],
  [
    "a FITS header of too many columns",
    fitsFile([{ TTYPE: "a", TFORM: "D" }], [Buffer.alloc(8)])
      .toString("latin1")
      .replace(/(TFIELDS = +) {4}1/, "$199999"),
    /more than 10000 columns/,
  ],
  [
    "a FITS row of an absurd size",
    fitsFile([{ TTYPE: "a", TFORM: "D" }], [Buffer.alloc(8)])
      .toString("latin1")
      .replace(/(NAXIS1 {2}= +) {9}8/, "$19999999999"),
    /row of 9999999999 bytes/,
  ],
  [
    "a FITS column of an absurd size",
    fitsFile([{ TTYPE: "a", TFORM: "9999999999999D" }], [Buffer.alloc(8)]),
    /columns take 79999999999992 bytes/,
  ],
  [
    "a FITS table of more rows than there are",
    fitsFile([{ TTYPE: "a", TFORM: "D" }], [Buffer.alloc(8)])
      .toString("latin1")
      .replace(/(NAXIS2 {2}= +) {9}1/, "$19999999999"),
    /truncated/,
  ],
])(
  "%s is refused before it fills the memory",
  async (_what, content, fault) => {
    const reading = readTable(folder.write("hostile", content));
    await expect(reading).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(fault) });
  },
  60_000,
);
