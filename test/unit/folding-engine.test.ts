import { foldAndCompute } from "../../src/models/folding/folded";
import { FoldingEngine } from "../../src/models/folding/folding-engine";

const time = Float64Array.from({ length: 40 }, (_, index) => 1700 + 900 * ((index * 0.6180339887) % 1));
const points = { time, folded: false, mag: time.map((one) => 15 + 0.4 * Math.sin((2 * Math.PI * one) / 0.61)), magError: null };
const search = { points, periodDays: null, featureSet: "rrl-fourier", shapeSet: "rrl-shape", withMean: true };
/** Two such searches may wait. */
const engine = new FoldingEngine(100);
afterAll(() => engine.close());

test("what the thread finds and computes is what is computed in place", async () => {
  const folded = await engine.fold(search);
  expect(folded).toEqual(foldAndCompute(search));
  expect(folded.folding.curve?.periodDays).toBeCloseTo(0.61, 4);
});

test("light curves beyond those that may wait are told so; a short one whose period is known need not wait", async () => {
  const searches = [engine.fold(search), engine.fold(search)];
  await expect(engine.fold(search)).rejects.toMatchObject({ code: "OVERLOADED" });
  expect((await engine.fold({ ...search, periodDays: 0.61 })).inputs?.[0]).toBeCloseTo(0.61, 6);
  await Promise.all(searches);
  expect((await engine.fold(search)).folding.refusal).toBeNull();
});

test("a search that ends with its thread fails, and the next one is answered", async () => {
  const lost = engine.fold(search);
  await engine.close();
  await expect(lost).rejects.toThrow(/the folding of light curves ended/);
  expect((await engine.fold(search)).folding.refusal).toBeNull();
});
