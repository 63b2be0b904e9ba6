import { noStarLeft } from "../../training/values/study/no-star-left";

const cuts = (...kept: readonly number[]) =>
  ["objects with labels of s", "matched to a source of DR3", "the source is among the stars", 'snr: {"min":20}'].map((name, index) => ({
    ...{ name, kept: kept[index]!, lost: 0 },
  }));

test.each([
  [
    "a survey without source_ids is sent to its table",
    cuts(9, 0, 0, 0),
    /DR3: 0; .*\. A survey without Gaia's source_ids can learn from its table/,
  ],
  ["a survey whose stars are missing is sent to ingest gaia", cuts(9, 9, 0, 0), /`asterism ingest gaia` brings them in\.$/],
  ["a survey that fails a cut of the study is told the cuts alone", cuts(9, 9, 9, 0), /snr: {"min":20}: 0\.$/],
])("%s", (_title, given, message) => {
  expect(noStarLeft("s", given)).toMatchObject({ code: "NOT_FOUND", message: expect.stringMatching(message) });
});
