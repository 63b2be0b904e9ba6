import type { Place } from "./expression-error";

/** The signs between two operands. */
export type Sign = "+" | "-" | "*" | "/" | "^";

/** An expression as it was written, before its names and units are looked at. */
export type Syntax =
  | { readonly kind: "number"; readonly value: number; readonly place: Place }
  | { readonly kind: "name"; readonly name: string; readonly place: Place }
  | { readonly kind: "negative"; readonly operand: Syntax; readonly place: Place }
  | { readonly kind: "binary"; readonly sign: Sign; readonly left: Syntax; readonly right: Syntax; readonly place: Place }
  /** `place` is that of the function's name */
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly Syntax[]; readonly place: Place };
