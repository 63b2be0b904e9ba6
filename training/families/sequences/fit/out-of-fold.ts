import { mean, rootMeanSquare, standardDeviation } from "../../../../src/science/statistics";
import { calibrate } from "../../../fit/calibration";
import type { Calibration, LabelScale } from "../../../fit/scales";
import type { Member } from "./cross-fit";

/** What networks say of stars that they never saw. */
export interface OutOfFold {
  /** rows of the stars whose fold was left out by a network, ascending */
  readonly rows: Int32Array;
  /** [rows] the mean over the networks that left the star out, in the label's unit */
  readonly predicted: Float64Array;
  /** [rows] networks that left it out */
  readonly networks: Int32Array;
}

/** @param predictions of a member for its held stars, of order one */
export function outOfFold(
  members: readonly Member[],
  { mean: centre, scale }: LabelScale,
  predictions: (member: Member) => Float32Array = ({ predicted }) => predicted,
): OutOfFold {
  const ofStar = new Map<number, number[]>();
  for (const member of members) {
    const predicted = predictions(member);
    member.held.forEach((row, index) => {
      const known = ofStar.get(row);
      if (known) known.push(predicted[index]!);
      else ofStar.set(row, [predicted[index]!]);
    });
  }
  const rows = Int32Array.from(ofStar.keys()).sort();
  const values = Array.from(rows, (row) => ofStar.get(row)!);
  return {
    rows,
    predicted: Float64Array.from(values, (one) => centre + scale * mean(one)),
    networks: Int32Array.from(values, (one) => one.length),
  };
}

/** @param outputs [members][rows] of order one @returns [rows] how far the members differ, in the label's unit */
export function spreadOf(outputs: readonly Float32Array[], { scale }: LabelScale): Float64Array {
  return Float64Array.from(outputs[0]!, (_, row) => scale * standardDeviation(outputs.map((output) => output[row]!)));
}

/**
 * Finds the stated errors that cover 68% of the stars that networks never saw. Such a star is predicted by those few
 * networks that left its fold out, an unseen one by all: the mean of more networks has less of their scatter.
 *
 * @param reference [rows] the label, in its unit
 * @param spread [rows] of all members
 * @param members how many there are
 */
export function calibrateOutOfFold(unseen: OutOfFold, reference: Float64Array, spread: Float64Array, members: number): Calibration {
  const residuals = unseen.predicted.map((value, index) => value - reference[index]!);
  const surplus = mean(Float64Array.from(unseen.networks, (count) => 1 / count)) - 1 / members;
  // The spread is about the members' own mean: each of them is further from where all networks' mean would be.
  const scatter = rootMeanSquare(spread) ** 2 * (members / Math.max(1, members - 1));
  const shrunk = Math.sqrt(Math.max(0, 1 - (surplus * scatter) / rootMeanSquare(residuals) ** 2));
  return calibrate({ residuals: residuals.map((residual) => shrunk * residual), spreads: spread });
}

/** How well networks do on stars that they never saw, by two protocols. */
export interface CrossValidation {
  readonly stars: number;
  /** [dex] the weights at the end of the schedule: the scored stars had no part in them */
  readonly rmse: number;
  /** [dex] the weights of the epoch that was best on the scored stars, as the published networks are chosen: too good by so much */
  readonly stoppedOnScoredFoldRmse: number;
}

export function crossValidation(members: readonly Member[], label: LabelScale, reference: Float64Array): CrossValidation {
  const score = (predictions?: (member: Member) => Float32Array) => {
    const { rows, predicted } = outOfFold(members, label, predictions);
    return rootMeanSquare(predicted.map((value, index) => value - reference[rows[index]!]!));
  };
  const stars = outOfFold(members, label).rows.length;
  return { stars, rmse: score(), stoppedOnScoredFoldRmse: score(({ best }) => best.predicted) };
}
