import type { Input } from "../feature-set";

/** What linear relations for RR Lyrae metallicities are made of, in one band; sine series. */
export const RELATION_QUANTITIES = ["period", "A1", "A2", "A3", "phi21", "phi31"] as const;
export type RelationQuantity = (typeof RELATION_QUANTITIES)[number];

/** All but the period, whose error of 10^-5 d and less is nothing here. */
const MEASURED = ["A1", "A2", "A3", "phi21", "phi31"] as const satisfies readonly RelationQuantity[];

/** The quantities and their standard errors; NaN where missing. */
export type FourierParameters = Readonly<Record<RelationQuantity | `${(typeof MEASURED)[number]}_error`, number>>;

/** [rad] what phi21 and phi31 are kept within half a turn of: the middle of a type of stars in a band, far from where they wrap. */
export interface WrapCentre {
  readonly phi21: number;
  readonly phi31: number;
}

/**
 * The inputs of a relation: the quantities, then their errors. Their order is part of every model trained on them:
 * never change it, make another list.
 */
export function relationInputs({ phi21, phi31 }: WrapCentre): readonly Input[] {
  return [
    { name: "period", unit: "d", description: "pulsation period" },
    { name: "A1", unit: "mag", description: "amplitude of the first harmonic, sine series" },
    { name: "A2", unit: "mag", description: "amplitude of the second harmonic" },
    { name: "A3", unit: "mag", description: "amplitude of the third harmonic" },
    { name: "phi21", unit: "rad", description: `phase of the second harmonic less twice the first's, within pi of ${phi21}` },
    { name: "phi31", unit: "rad", description: `phase of the third harmonic less three times the first's, within pi of ${phi31}` },
    ...MEASURED.map((name) => ({
      name: `${name}_error`,
      unit: name.startsWith("phi") ? "rad" : "mag",
      description: `standard error of ${name}`,
    })),
  ];
}

/** @returns one number an input, in order */
export function relationInputValues(parameters: FourierParameters): Float32Array {
  return Float32Array.from([
    ...RELATION_QUANTITIES.map((name) => parameters[name]),
    ...MEASURED.map((name) => parameters[`${name}_error`]),
  ]);
}
