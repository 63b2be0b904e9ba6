import { packFlags } from "../../point-flags";

/** The points of one star in one band, as a file gives them. */
export interface OpenCurve {
  readonly sourceId: bigint;
  readonly band: string;
  readonly time: number[];
  readonly mag: number[];
  readonly magError: number[];
  readonly rejected: boolean[];
}

/** A light curve as it is stored: in order of time. */
export interface StoredCurve {
  readonly sourceId: bigint;
  readonly band: string;
  /** [d] since BJD (TCB) 2455197.5, rising; or phase, 0 to 1 */
  readonly time: Float64Array;
  /** [mag] */
  readonly mag: Float32Array;
  /** [mag] NaN if not known; empty if none is */
  readonly magError: Float32Array;
  /** One bit a point, the first the highest of its byte; null if none is set. */
  readonly rejected: Uint8Array | null;
  /** Points that repeat another one and were left out. */
  readonly repeated: number;
}

/** Phases that differ by the rounding of a subtraction are the same. */
const PHASE_DIGITS = 1e9;

/** Brings a phase to [0, 1): folded light curves repeat their start after 1. */
const wrapped = (phase: number): number =>
  phase >= 0 && phase < 1 ? phase : Math.round((phase - Math.floor(phase)) * PHASE_DIGITS) / PHASE_DIGITS;

/** Whether the points are in order already, and none repeats another: nearly all light curves of an archive. */
const isRising = (time: readonly number[]): boolean => time.every((value, index) => index === 0 || value > time[index - 1]!);

/** Positions of the points in order of time; points of one time in the order of the file. */
const order = (time: readonly number[]): Uint32Array =>
  Uint32Array.from(time, (_, index) => index).sort((a, b) => time[a]! - time[b]! || a - b);

/**
 * Leaves out points that repeat another: the same time again is the same measurement, whatever it says; the same
 * phase again is one only with the same magnitude, since it comes round with every cycle.
 */
function distinct(positions: Uint32Array, time: readonly number[], mag: readonly number[], folded: boolean): Uint32Array {
  return positions.filter((position, index) => {
    for (let before = index - 1; before >= 0 && time[positions[before]!] === time[position]; before--)
      if (!folded || mag[positions[before]!] === mag[position]) return false;
    return true;
  });
}

/** Fills an array with the values at some positions; all of them where `positions` is null. */
function fill<T extends Float32Array | Float64Array>(into: T, values: readonly number[], positions: Uint32Array | null): T {
  if (positions === null) into.set(values);
  else
    positions.forEach((position, index) => {
      into[index] = values[position]!;
    });
  return into;
}

/** Puts points into order and packs them. */
export function storedCurve({ sourceId, band, time, mag, magError, rejected }: OpenCurve, folded: boolean): StoredCurve {
  const times = folded ? time.map(wrapped) : time;
  const positions = isRising(times) ? null : distinct(order(times), times, mag, folded);
  const count = positions?.length ?? times.length;
  const hasErrors = magError.some((error) => !Number.isNaN(error));
  return {
    sourceId,
    band,
    time: fill(new Float64Array(count), times, positions),
    mag: fill(new Float32Array(count), mag, positions),
    magError: hasErrors ? fill(new Float32Array(count), magError, positions) : new Float32Array(0),
    rejected: packFlags(positions === null ? rejected : Array.from(positions, (position) => rejected[position]!)),
    repeated: time.length - count,
  };
}
