import type { Random } from "../../../src/science/random";
import { RecurrentNetwork, type RecurrentShape } from "./recurrent/recurrent-network";
import type { Capacity, SequenceNetwork } from "./sequence-network";
import { TransformerNetwork, type TransformerShape } from "./transformer/transformer-network";

/** What a network is built like: with a snapshot of its parameters, all that is to be known of it. */
export type NetworkShape = RecurrentShape | TransformerShape;

/** @param random draws the parameters to begin with */
export function buildNetwork(shape: NetworkShape, capacity: Capacity, random: Random): SequenceNetwork {
  return shape.kind === "recurrent" ? new RecurrentNetwork(shape, capacity, random) : new TransformerNetwork(shape, capacity, random);
}
