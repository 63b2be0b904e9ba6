/** A quantity and its standard error, in one unit. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}
