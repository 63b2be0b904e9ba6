import type { Random } from "../random";

/** What a star is, before anyone looks at it. */
export interface Atmosphere {
  /** [K] */
  readonly teff: number;
  /** [dex] log10 of cm/s^2 */
  readonly logg: number;
  /** [dex] log10 of solar luminosities */
  readonly logLuminosity: number;
}

export const SOLAR_TEFF = 5772;
const SOLAR_LOGG = 4.438;
/** [dex] where the giant branch begins */
const BRANCH_BASE_LOGG = 3.5;

/** [dex] log L of a main-sequence star of the solar neighbourhood (Eker et al. 2018, MNRAS 479, 5491, table 4). */
function mainSequenceLuminosity(logMass: number): number {
  const mass = 10 ** logMass;
  if (mass <= 0.72) return 4.572 * logMass - 0.102;
  if (mass <= 1.05) return 5.743 * logMass - 0.007;
  return 4.329 * logMass + 0.01;
}

/** [solar radii] of a main-sequence star of up to 1.5 solar masses (Eker et al. 2018, eq. 5). */
const mainSequenceRadius = (mass: number) => 0.438 * mass ** 2 + 0.479 * mass + 0.075;

/** [dex] log g from the Stefan-Boltzmann law. */
const gravity = (mass: number, teff: number, logLuminosity: number) =>
  SOLAR_LOGG + Math.log10(mass) + 4 * Math.log10(teff / SOLAR_TEFF) - logLuminosity;

const luminosity = (mass: number, teff: number, logg: number) => SOLAR_LOGG + Math.log10(mass) + 4 * Math.log10(teff / SOLAR_TEFF) - logg;

/** [solar masses] of a star that leaves the main sequence at this age: t = 10 Gyr M^-2.5. */
export function turnOffMass(ageGyr: number): number {
  return (ageGyr / 10) ** -0.4;
}

/**
 * A star that burns hydrogen in its core. Metal-poor stars are hotter and brighter at one mass; the slopes are
 * those of the isochrones of VandenBerg et al. 2014 (ApJ 794, 72) near the Sun's mass, and level off below [Fe/H] = -1.5.
 *
 * @param stage fraction of the main-sequence life that is over; its luminosity doubles meanwhile
 */
export function dwarf(mass: number, feh: number, stage: number): Atmosphere {
  const typicalStage = 0.45;
  const metals = Math.max(feh, -1.5);
  const typical = mainSequenceLuminosity(Math.log10(mass));
  const logLuminosity = typical - 0.18 * metals + 0.3 * (stage - typicalStage);
  const typicalTeff = SOLAR_TEFF * (10 ** typical / mainSequenceRadius(mass) ** 2) ** 0.25;
  const teff = typicalTeff * 10 ** (-0.05 * metals - 0.02 * Math.max(0, stage - 0.7));
  return { teff, logg: gravity(mass, teff, logLuminosity), logLuminosity };
}

/**
 * [K] on the red giant branch: the line that Bovy et al. 2014 (ApJ 790, 127, eq. 3) lay through the red clump of
 * APOGEE, T = 4607 - 382.5 [Fe/H] + (log g - 2.5) / 0.0018; below [Fe/H] = -0.7 isochrones crowd together, so the
 * slope is cut to a third there.
 */
function giantBranchTeff(logg: number, feh: number): number {
  const metals = Math.max(feh, -0.7) + Math.min(0, feh + 0.7) / 3;
  return 4607 - 382.5 * metals + (logg - 2.5) / 0.0018;
}

/** A star between the turn-off (`fraction` 0) and the base of the giant branch (1). */
export function subgiant(mass: number, feh: number, fraction: number): Atmosphere {
  const turnOff = dwarf(mass, feh, 1);
  const teff = turnOff.teff + fraction * (giantBranchTeff(BRANCH_BASE_LOGG, feh) - turnOff.teff);
  const logg = turnOff.logg + fraction * (BRANCH_BASE_LOGG - turnOff.logg);
  return { teff, logg, logLuminosity: luminosity(mass, teff, logg) };
}

/** A red giant; mass and age spread the branch by about 50 K. */
export function redGiant(random: Random, mass: number, feh: number): Atmosphere {
  const logg = random.between(0.9, BRANCH_BASE_LOGG);
  const teff = giantBranchTeff(logg, feh) + 50 * random.normal();
  return { teff, logg, logLuminosity: luminosity(mass, teff, logg) };
}

/** A core-helium burner of the red clump: log g near 2.45 and some 200 K hotter than the branch (Girardi 2016, ARA&A 54, 95). */
export function clumpGiant(random: Random, mass: number, feh: number): Atmosphere {
  const logg = 2.45 + 0.07 * random.normal();
  const teff = giantBranchTeff(logg, feh) + 200 + 40 * random.normal();
  return { teff, logg, logLuminosity: luminosity(mass, teff, logg) };
}
