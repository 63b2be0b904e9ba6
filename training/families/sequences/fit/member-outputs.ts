import { Random } from "../../../../src/science/random";
import { sequencesOf } from "../light-curves/curve-sample";
import { buildNetwork } from "../network-shape";
import { capacityFor, restore } from "../sequence-network";
import type { CrossFitPlan, Member } from "./cross-fit";
import { CHUNK, predictSequences } from "./fit-sequences";

/** [members][rows] what each member says of the stars, of order one. */
export function memberOutputs({ sample, channels, shape }: CrossFitPlan, members: readonly Member[], rows: Int32Array): Float32Array[] {
  const network = buildNetwork(shape, capacityFor(sample.starts, CHUNK), new Random(0));
  const sequences = sequencesOf(sample, channels);
  return members.map(({ weights }) => {
    restore(network, weights);
    return predictSequences(network, sequences, rows);
  });
}
