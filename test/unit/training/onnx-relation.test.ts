import { InferenceSession, Tensor } from "onnxruntime-node";
import { Random } from "../../../src/science/random";
import type { Relation } from "../../../training/families/relation/fit-relation";
import { exportRelation } from "../../../training/families/relation/linear-relation";
import type { Prior } from "../../../training/families/relation/population";
import { predictRelation } from "../../../training/families/relation/predict-relation";
import { termsOf } from "../../../training/families/relation/term";

const ROWS = 1000;
const CALIBRATION = { floor: 0.15, gain: 1.3 };
/** Inputs: an unused one, period, phi31, A2, then the errors of phi31 and A2. */
const QUANTITY_AT = [1, 2, 3];
const ERROR_AT = [-1, 4, 5];
const TYPICAL = [0, 0.55, 5.5, 0.13, 0.1, 0.01];

const relation = (prior: Prior): Relation => ({
  terms: termsOf(["period", "phi31", "A2", "period*phi31", "phi31*phi31"], ["period", "phi31", "A2"]),
  prior,
  population: {
    mean: Float64Array.of(0.56, 5.5, 0.13),
    covariance: Float64Array.of(0.008, 0.02, -0.002, 0.02, 0.2, -0.005, -0.002, -0.005, 0.003),
  },
  coefficients: Float64Array.of(-8.7, -10, 3.3, 1.4, 0.7, -0.24),
  covariance: Float64Array.from({ length: 36 }, (_, at) => (at % 7 === 0 ? 0.01 : 0.001)),
  intrinsicVariance: 0.03,
});

/** Raw rows in single precision, one value in six missing. */
function rawRows(): Float32Array {
  const random = new Random(11);
  return Float32Array.from({ length: ROWS * TYPICAL.length }, (_, at) => {
    const typical = TYPICAL[at % TYPICAL.length];
    return random.uniform() < 1 / 6 ? Number.NaN : typical! * random.between(0.5, 1.5);
  });
}

describe.each<Prior>(["population", "uniform"])("A relation as ONNX (prior: %s)", (prior) => {
  it("gives what the relation itself gives, to single precision, values missing or not", async () => {
    const inputs = rawRows();
    const normalisation = { mean: TYPICAL, scale: TYPICAL.map(() => 1), reach: 1e6 };
    const bytes = exportRelation({
      name: "r",
      label: "feh",
      normalisation,
      quantityAt: QUANTITY_AT,
      errorAt: ERROR_AT,
      relation: relation(prior),
      calibration: CALIBRATION,
    });
    const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 });
    const served = await session.run({ inputs: new Tensor("float32", inputs, [ROWS, TYPICAL.length]) });
    expect(served.value!.dims).toEqual([ROWS, 1]);
    const at = (star: number, place: number) => inputs[star * TYPICAL.length + place];
    const errorOf = (star: number, place: number) => (place < 0 ? 0 : Number.isNaN(at(star, place)) ? TYPICAL[place] : at(star, place));
    const stars = Array.from({ length: ROWS }, (_, star) => star);
    const wanted = predictRelation(relation(prior), {
      stars: ROWS,
      quantities: 3,
      observed: Float64Array.from(stars.flatMap((star) => QUANTITY_AT.map((place) => at(star, place)))),
      error: Float64Array.from(stars.flatMap((star) => ERROR_AT.map((place) => errorOf(star, place)))),
    });
    const [value, error] = [served.value!.data as Float32Array, served.error!.data as Float32Array];
    for (const star of stars) {
      expect(Math.abs(value[star]! - wanted.value[star]!)).toBeLessThan(1e-5);
      expect(Math.abs(error[star]! - Math.hypot(CALIBRATION.floor, CALIBRATION.gain * wanted.spread[star]!))).toBeLessThan(1e-5);
    }
  });
});
