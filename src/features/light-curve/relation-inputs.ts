import type { Input } from "../feature-set";

/** The quantities of linear relations for RR Lyrae metallicities, in one band; sine series. */
export const RELATION_QUANTITIES = ["period", "A1", "A2", "A3", "phi21", "phi31"] as const;
export type RelationQuantity = (typeof RELATION_QUANTITIES)[number];

/** All except the period, whose error of at most 10^-5 d is negligible. */
const MEASURED = ["A1", "A2", "A3", "phi21", "phi31"] as const satisfies readonly RelationQuantity[];

/** The quantities and their standard errors; NaN if missing. */
export type FourierParameters = Readonly<Record<RelationQuantity | `${(typeof MEASURED)[number]}_error`, number>>;

/** [rad] Typical phi21 and phi31 of a type of stars in a band; values are wrapped to within half a turn of them. */
export interface WrapCentre {
  readonly phi21: number;
  readonly phi31: number;
}

/**
 * The inputs of a relation: the quantities, then their errors. Every model trained on them depends on their order: never
 * change it, define another list instead.
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

/** @returns one number per input, in order */
export function relationInputValues(parameters: FourierParameters): Float32Array {
  return Float32Array.from([
    ...RELATION_QUANTITIES.map((name) => parameters[name]),
    ...MEASURED.map((name) => parameters[`${name}_error`]),
  ]);
}
