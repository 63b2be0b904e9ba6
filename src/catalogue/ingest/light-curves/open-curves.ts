import { AppError } from "../../../errors";
import type { OpenCurve } from "./light-curve";
import { faultOfPoint, type PointSink } from "./points";

/** More points than any telescope takes of one star in one band: what names the star is another column, most likely. */
const MAX_POINTS_A_CURVE = 200_000;
/** At some 60 bytes a point in memory, 30 MB; files whose stars come one after the other never wait for more. */
const MAX_POINTS = 500_000;

/** Gathers a file's points by star and band until there are enough to be written. */
export class OpenCurves implements PointSink {
  /** Points that were read. */
  read = 0;
  private faults: string[] = [];
  private curves = new Map<bigint, OpenCurve[]>();
  private waiting = 0;
  private star: OpenCurve[] = [];
  private starId = -1n;

  constructor(
    private readonly folded: boolean,
    private readonly maxPoints = MAX_POINTS,
  ) {}

  add(sourceId: bigint, band: string, time: number, mag: number, magError: number, rejected: boolean): void {
    this.read++;
    const fault = faultOfPoint(time, mag, this.folded);
    if (fault !== null) {
      this.faults.push(fault);
      return;
    }
    const curve = this.curveOf(sourceId, band);
    curve.time.push(time);
    curve.mag.push(mag);
    curve.magError.push(magError > 0 ? magError : Number.NaN);
    curve.rejected.push(rejected);
    this.waiting++;
  }

  leaveOut(reason: string): void {
    this.read++;
    this.faults.push(reason);
  }

  /** @returns why points cannot be kept, each as often as there are, since it was last asked */
  takeFaults(): readonly string[] {
    if (this.faults.length === 0) return this.faults;
    const taken = this.faults;
    this.faults = [];
    return taken;
  }

  get isFull(): boolean {
    return this.waiting >= this.maxPoints;
  }

  /** @returns the light curves that wait, but for the star that was read last while the file goes on */
  take(last: boolean): OpenCurve[] {
    const kept = last ? [] : this.star;
    if (!last) this.curves.delete(this.starId);
    const taken = [...this.curves.values()].flat();
    this.curves = new Map(kept.length > 0 ? [[this.starId, kept]] : []);
    this.waiting = kept.reduce((sum, { time }) => sum + time.length, 0);
    return taken;
  }

  private curveOf(sourceId: bigint, band: string): OpenCurve {
    if (sourceId !== this.starId) {
      this.star = this.curves.get(sourceId) ?? [];
      if (this.star.length === 0) this.curves.set(sourceId, this.star);
      this.starId = sourceId;
    }
    let curve = this.star.find((one) => one.band === band);
    if (curve === undefined) {
      curve = { sourceId, band, time: [], mag: [], magError: [], rejected: [] };
      this.star.push(curve);
    }
    if (curve.time.length >= MAX_POINTS_A_CURVE)
      throw new AppError(
        "BAD_INPUT",
        `The light curve of source_id ${sourceId} in ${band} has more than ${MAX_POINTS_A_CURVE} points. Is the star named by another column?`,
      );
    return curve;
  }
}
