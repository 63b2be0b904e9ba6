/** A unit as a quotient of two exact numbers of the base units, with the power of each base unit. */
export interface BaseUnit {
  readonly size: number;
  readonly per: number;
  readonly dimension: string;
  /** Whether SI prefixes may stand before it. */
  readonly prefixes: boolean;
}

const unit = (dimension: string, size: number, per = 1, prefixes = false): BaseUnit => ({ dimension, size, per, prefixes });

const HOUR_ANGLE = 15 * 3600_000;
const METRES_A_PARSEC = 30_856_775_814_913_672;
const ALL_PREFIXES = true;

const named = (units: readonly (readonly [names: string, unit: BaseUnit])[]): ReadonlyMap<string, BaseUnit> =>
  new Map(units.flatMap(([names, one]) => names.split(" ").map((name) => [name, one] as const)));

/**
 * Units by their names in FITS 4.0 (table 3 to 7), VOUnits 1.1, the CDS's catalogue standard and astropy. The base units are the
 * milliarcsecond, the parsec, the second, the kelvin, the magnitude and the dex, so that what astronomers use has exact factors.
 */
export const BASE_UNITS = named([
  ["deg degs degree degrees °", unit("angle", 3_600_000)],
  ["arcmin amin arcminute arcminutes", unit("angle", 60_000)],
  ["arcsec asec arcsecond arcseconds as", unit("angle", 1000, 1, ALL_PREFIXES)],
  ["mas milliarcsec milliarcsecond milliarcseconds", unit("angle", 1)],
  ["uas muas microarcsec microarcsecond microarcseconds", unit("angle", 1, 1000)],
  ["rad radian radians", unit("angle", (180 / Math.PI) * 3_600_000, 1, ALL_PREFIXES)],
  ["hourangle hour_angle", unit("angle", HOUR_ANGLE)],
  ["cycle cycles turn rev", unit("cycle", 1)],
  ["pc parsec parsecs", unit("length", 1, 1, ALL_PREFIXES)],
  ["m metre metres meter meters", unit("length", 1, METRES_A_PARSEC, ALL_PREFIXES)],
  ["AU au", unit("length", 149_597_870_700, METRES_A_PARSEC)],
  ["lyr ly", unit("length", 9_460_730_472_580_800, METRES_A_PARSEC)],
  ["Angstrom angstrom AA Å", unit("length", 1, METRES_A_PARSEC * 1e10)],
  ["s sec second seconds", unit("time", 1, 1, ALL_PREFIXES)],
  ["min minute minutes", unit("time", 60)],
  ["h hr hrs hour hours", unit("time", 3600)],
  ["d day days D", unit("time", 86_400)],
  ["yr a y year years jyear julianyear", unit("time", 31_557_600, 1, ALL_PREFIXES)],
  ["cy century", unit("time", 3_155_760_000)],
  ["K kelvin kelvins", unit("temperature", 1, 1, ALL_PREFIXES)],
  ["mag mags magnitude magnitudes vegamag", unit("magnitude", 1, 1, ALL_PREFIXES)],
  ["abmag", unit("AB magnitude", 1)],
  ["dex", unit("dex", 1)],
  ["electron electrons e-", unit("electron", 1)],
  ["ct count counts adu", unit("count", 1)],
  ["photon ph", unit("photon", 1)],
  ["g gram", unit("mass", 1, 1000, ALL_PREFIXES)],
  ["J joule", unit("energy", 1, 1, ALL_PREFIXES)],
  ["W watt", unit("power", 1, 1, ALL_PREFIXES)],
  ["Jy jansky", unit("flux density", 1, 1, ALL_PREFIXES)],
  ["Hz hertz", unit("frequency", 1, 1, ALL_PREFIXES)],
  ["Msun solMass", unit("solar mass", 1)],
  ["Lsun solLum", unit("solar luminosity", 1)],
  ["Rsun solRad", unit("solar radius", 1)],
  ["Sun sun solar", unit("solar", 1)],
  ["pix pixel", unit("pixel", 1)],
  ["%", unit("", 1, 100)],
  ["1 - -- --- none unitless dimensionless", unit("", 1)],
]);

/** SI prefixes: what the unit is multiplied and divided by. */
export const PREFIXES: readonly (readonly [prefix: string, size: number, per: number])[] = [
  ["milli", 1, 1e3],
  ["micro", 1, 1e6],
  ["kilo", 1e3, 1],
  ["mega", 1e6, 1],
  ["da", 10, 1],
  ["d", 1, 10],
  ["c", 1, 100],
  ["m", 1, 1e3],
  ["u", 1, 1e6],
  ["µ", 1, 1e6],
  ["μ", 1, 1e6],
  ["n", 1, 1e9],
  ["p", 1, 1e12],
  ["h", 100, 1],
  ["k", 1e3, 1],
  ["M", 1e6, 1],
  ["G", 1e9, 1],
  ["T", 1e12, 1],
];
