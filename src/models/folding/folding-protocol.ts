import type { Folding } from "../../features/light-curve/fold-light-curve";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";

/** A light curve whose period is to be searched for. */
export interface FoldingRequest {
  readonly id: number;
  readonly points: LightCurvePoints;
}

export type FoldingReply = { readonly id: number } & ({ readonly folding: Folding } | { readonly failure: string });
