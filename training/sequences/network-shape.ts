import type { Random } from "../../src/science/random";
import { RecurrentNetwork, type RecurrentShape } from "./recurrent/recurrent-network";
import type { Capacity, SequenceNetwork } from "./sequence-network";

/** What a network is built like: with a snapshot of its parameters, all that is to be known of it. */
export type NetworkShape = RecurrentShape;

/** @param random draws the parameters to begin with */
export function buildNetwork(shape: NetworkShape, capacity: Capacity, random: Random): SequenceNetwork {
  return new RecurrentNetwork(shape, capacity, random);
}
