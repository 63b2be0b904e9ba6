import type { Derivation } from "./derive";
import type { Place } from "./expression-error";
import type { Quantity } from "./quantity";
import type { Syntax } from "./syntax";
import { PURE } from "./unit";

const DEGREE = Math.PI / 180;

/** [deg] The north Galactic pole, ICRS (Hipparcos Catalogue, ESA SP-1200, volume 1, section 1.5.3). */
const GALACTIC_POLE = { ra: 192.85948, dec: 27.12825 };

/** sin or cos of an angle in degrees. */
export const ofAngle =
  (operation: "sin" | "cos") =>
  (derivation: Derivation, [operand]: readonly Syntax[], place: Place): Quantity => {
    const angle = derivation.of(operand!);
    derivation.expect(angle, ["deg"], "an angle");
    const radians = derivation.terms.apply("multiply", angle.term, derivation.terms.constant(DEGREE));
    return { term: derivation.terms.apply(operation, radians), unit: PURE, place };
  };

/** Sine of the Galactic latitude of a position [deg]. */
export function sinGalacticLatitude(derivation: Derivation, operands: readonly Syntax[], place: Place): Quantity {
  const { terms } = derivation;
  const [ra, dec] = operands.map((operand) => {
    const angle = derivation.of(operand);
    derivation.expect(angle, ["deg"], "an angle");
    return terms.apply("multiply", angle.term, terms.constant(DEGREE));
  });
  const fromPole = terms.apply("subtract", ra!, terms.constant(GALACTIC_POLE.ra * DEGREE));
  const along = terms.apply("multiply", terms.apply("cos", dec!), terms.apply("cos", fromPole));
  const north = terms.apply("multiply", terms.apply("sin", dec!), terms.constant(Math.sin(GALACTIC_POLE.dec * DEGREE)));
  const rest = terms.apply("multiply", along, terms.constant(Math.cos(GALACTIC_POLE.dec * DEGREE)));
  return { term: terms.apply("add", north, rest), unit: PURE, place };
}
