import type { Random } from "../random";
import { COMPONENTS, type GalacticComponent } from "./components";
import { type Atmosphere, clumpGiant, dwarf, redGiant, subgiant, turnOffMass } from "./evolution";

/** A star with its true properties. */
export interface Star extends Atmosphere {
  readonly component: GalacticComponent;
  /** [dex] */
  readonly feh: number;
  /** [dex] [alpha/Fe], taken for [alpha/M] too */
  readonly alpha: number;
}

/** Fractions of a magnitude-limited sky, added up: giants are rare but seen from far away. Round figures. */
const DWARFS = 0.52;
const AND_SUBGIANTS = 0.65;
const AND_RED_GIANTS = 0.87;
const SMALLEST_MASS = 0.55;
const LARGEST_MASS = 1.5;

function drawComponent(random: Random): GalacticComponent {
  let left = random.uniform();
  for (const component of COMPONENTS) {
    left -= component.share;
    if (left < 0) return component;
  }
  return COMPONENTS[0]!;
}

/**
 * The phase and the mass. Among dwarfs the initial mass function falls (M^-2.3) as steeply as the volume rises
 * in which a star is bright enough to be seen, so that masses are drawn evenly up to the turn-off.
 */
function drawAtmosphere(random: Random, ageGyr: number, feh: number): Atmosphere {
  const turnOff = Math.min(LARGEST_MASS, turnOffMass(ageGyr));
  const phase = random.uniform();
  if (phase < DWARFS) {
    const mass = random.between(SMALLEST_MASS, turnOff);
    return dwarf(mass, feh, Math.min(1, ageGyr / (10 * mass ** -2.5)));
  }
  if (phase < AND_SUBGIANTS) return subgiant(turnOff, feh, random.uniform());
  // Old metal-poor stars burn helium on the horizontal branch, which this sky leaves out.
  if (phase < AND_RED_GIANTS || feh < -1) return redGiant(random, turnOff, feh);
  return clumpGiant(random, turnOff, feh);
}

/** Draws one star of the Galaxy's mixture. */
export function drawStar(random: Random): Star {
  const component = drawComponent(random);
  const [fehMean, fehSigma] = component.feh;
  const [alphaMean, alphaSigma] = component.alpha;
  const deviation = random.normal();
  const feh = Math.min(0.5, Math.max(-3.2, fehMean + fehSigma * deviation));
  // Richer stars of one component formed later, when supernovae Ia had diluted the alpha elements.
  const alpha = alphaMean - 0.12 * fehSigma * deviation + alphaSigma * random.normal();
  const ageGyr = random.between(...component.age);
  return { ...drawAtmosphere(random, ageGyr, feh), component, feh, alpha };
}
