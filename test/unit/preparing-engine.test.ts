import { LIGHT_CURVE, type ObservedCurve } from "../../src/modalities/light-curve/light-curve";
import { PreparingEngine, type View } from "../../src/models/preparing/preparing-engine";

const time = Float64Array.from({ length: 40 }, (_, index) => 1700 + 900 * ((index * 0.6180339887) % 1));
const points = { time, folded: false, mag: time.map((one) => 15 + 0.4 * Math.sin((2 * Math.PI * one) / 0.61)), magError: null };
const search: ObservedCurve = { points, period: null, doubtful: false, withMean: true };
const looked = { featureSet: { name: "rrl-fourier", inputs: [] }, shape: { featureSet: { name: "rrl-shape" } } };
const view: View = { modality: LIGHT_CURVE.name, looked, looking: LIGHT_CURVE.open(looked) as View["looking"] };
/** Two such searches may wait. */
const engine = new PreparingEngine(100);
afterAll(() => engine.close());

test("what the thread finds and computes is what is computed in place", async () => {
  const [prepared] = await engine.prepare(view, [search]);
  expect(prepared).toEqual(LIGHT_CURVE.open(looked).prepare(search));
  expect(prepared).toMatchObject({ refusal: null, ready: { curve: { periodDays: expect.closeTo(0.61, 4) } } });
});

test("observations beyond those that may wait are told so; a short light curve whose period is known need not wait", async () => {
  const searches = engine.prepare(view, [search, search]);
  await expect(engine.prepare(view, [search])).rejects.toMatchObject({ code: "OVERLOADED" });
  expect(await engine.prepare(view, [{ ...search, period: 0.61 }])).toMatchObject([
    { refusal: null, ready: { curve: { periodDays: 0.61 } } },
  ]);
  await searches;
  expect(await engine.prepare(view, [search])).toMatchObject([{ refusal: null }]);
});

test("a search that ends with its thread fails, and the next one is answered", async () => {
  const lost = engine.prepare(view, [search]);
  await engine.close();
  await expect(lost).rejects.toThrow(/the preparation of observations ended/);
  expect(await engine.prepare(view, [search])).toMatchObject([{ refusal: null }]);
});
