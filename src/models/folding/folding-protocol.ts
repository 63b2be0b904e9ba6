import type { Folded, ToFold } from "./folded";

export interface FoldingRequest {
  readonly id: number;
  readonly asked: ToFold;
}

export type FoldingReply = { readonly id: number } & ({ readonly folded: Folded } | { readonly failure: string });
