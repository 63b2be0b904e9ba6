import { SHAPE_BLOCK } from "../../../../src/features/light-curve/sequence/rrl-shape-and-points";
import { gp } from "../../../families/gp/gp";
import { crossFit } from "../../../fit/cross-fit";
import { openFamilies } from "../../../fit/open-families";
import { labelOfOrderOne, type Member } from "./member";

/** So many stars and no fewer are worth an exact process: the table of RR Lyrae stars has some thousands. */
const MOST_STARS = 6000;

/** A Gaussian process on Fourier parameters. */
export const GP: Member = {
  name: "gp",
  block: SHAPE_BLOCK,
  async fit(data, { seed, threads }, watch) {
    const rows = Int32Array.from(data.reference.keys());
    const context = { backend: "auto", threads, xgboostLibrary: null };
    const { families, close } = await openFamilies([{ family: gp, settings: { stars: MOST_STARS } }], rows.length, context);
    try {
      const open = families[0]!;
      const target = { kind: "quantity" as const, values: labelOfOrderOne(data) };
      return { fit: await crossFit({ open, apart: 1, sample: data.shape, target, rows, seed, watch }), backend: open.fitter.backend };
    } finally {
      await close();
    }
  },
};
