/** A stellar quantity that surveys measure or models predict. */
export interface Label {
  /** as in teff: what the API, mappings, exports and studies call it */
  readonly name: string;
  /** that it is kept in; null for a pure number */
  readonly unit: string | null;
  readonly description: string;
  /** how archives and surveys spell it, compared without regard to case */
  readonly aliases: readonly string[];
  /** what it is to the Virtual Observatory (UCD1+, https://www.ivoa.net/documents/UCD1+/) */
  readonly ucd: string;
}

const label = (name: string, unit: string | null, description: string, ucd: string, aliases: readonly string[] = []): Label => ({
  name,
  unit,
  description,
  aliases,
  ucd,
});

/** Elements whose abundance relative to iron surveys publish (APOGEE, GALAH, Gaia-ESO), by atomic number. */
const ELEMENTS = [
  ["C", "carbon"],
  ["N", "nitrogen"],
  ["O", "oxygen"],
  ["Na", "sodium"],
  ["Mg", "magnesium"],
  ["Al", "aluminium"],
  ["Si", "silicon"],
  ["P", "phosphorus"],
  ["S", "sulphur"],
  ["K", "potassium"],
  ["Ca", "calcium"],
  ["Sc", "scandium"],
  ["Ti", "titanium"],
  ["V", "vanadium"],
  ["Cr", "chromium"],
  ["Mn", "manganese"],
  ["Co", "cobalt"],
  ["Ni", "nickel"],
  ["Cu", "copper"],
  ["Zn", "zinc"],
  ["Rb", "rubidium"],
  ["Sr", "strontium"],
  ["Y", "yttrium"],
  ["Zr", "zirconium"],
  ["Mo", "molybdenum"],
  ["Ru", "ruthenium"],
  ["Ba", "barium"],
  ["La", "lanthanum"],
  ["Ce", "cerium"],
  ["Nd", "neodymium"],
  ["Sm", "samarium"],
  ["Eu", "europium"],
] as const;

const relativeToIron = ([symbol, element]: (typeof ELEMENTS)[number]): Label =>
  label(`${symbol.toLowerCase()}Fe`, "dex", `${element} relative to iron, [${symbol}/Fe]`, "phys.abund", [
    `${symbol}_FE`,
    `[${symbol}/Fe]`,
    `${symbol}/Fe`,
  ]);

/**
 * Every label that has a name of its own, each declared here and nowhere else: storage, mappings, filters, the API,
 * exports and studies read this list. A survey may also hold labels that are not on it, under its own names and units.
 */
export const LABELS: readonly Label[] = [
  label("teff", "K", "effective temperature", "phys.temperature.effective", ["T_EFF", "TEFF_K", "temperature"]),
  label("logg", "dex", "surface gravity, log10 of cm/s^2", "phys.gravity", ["LOG_G", "log(g)"]),
  label("feh", "dex", "iron abundance [Fe/H]", "phys.abund.Fe", ["FE_H", "[Fe/H]", "Fe/H"]),
  label("mh", "dex", "overall metallicity [M/H]", "phys.abund.Z", ["M_H", "[M/H]", "M/H", "meta"]),
  label("alphaM", "dex", "alpha enhancement [alpha/M]", "phys.abund", ["ALPHA_M", "[alpha/M]", "alpha/M"]),
  label("rv", "km/s", "heliocentric radial velocity", "spect.dopplerVeloc.opt", ["VHELIO", "VHELIO_AVG", "HRV", "radial_velocity"]),
  label("vsini", "km/s", "projected rotation velocity", "phys.veloc.rotat", ["V_SINI", "vbroad"]),
  label("snr", null, "signal to noise of the spectrum", "stat.snr", ["SN", "S/N", "SNREV"]),
  label("alphaFe", "dex", "alpha elements relative to iron, [alpha/Fe]", "phys.abund", ["ALPHA_FE", "[alpha/Fe]", "alpha/Fe"]),
  ...ELEMENTS.map(relativeToIron),
  label("aLi", "dex", "lithium abundance A(Li) = log10(N(Li)/N(H)) + 12", "phys.abund", ["A_LI", "A(Li)"]),
  label("vmic", "km/s", "microturbulence", "phys.veloc.microTurb", ["V_MIC", "VMICRO", "XI"]),
  label("vmac", "km/s", "macroturbulence", "phys.veloc", ["V_MAC", "VMACRO"]),
  label("distance", "pc", "distance", "pos.distance", ["DIST", "d_pc"]),
  label("av", "mag", "extinction in V, A_V", "phys.absorption;em.opt.V", ["A_V"]),
  label("ebv", "mag", "reddening E(B-V)", "phot.color.excess", ["E_BV", "E(B-V)", "EBMV"]),
  label("mass", "Msun", "mass of the star", "phys.mass", ["M_STAR", "MSTAR"]),
  label("radius", "Rsun", "radius of the star", "phys.size.radius", ["R_STAR", "RSTAR", "RAD"]),
  label("age", "Gyr", "age of the star", "time.age", ["AGE_GYR"]),
  label("luminosity", "Lsun", "bolometric luminosity", "phys.luminosity", ["LUM", "LBOL", "L_BOL"]),
  label("density", "g/cm^3", "mean density of the star", "phys.density", ["RHO"]),
  label("numax", "uHz", "frequency of maximum oscillation power", "src.var.pulse", ["NU_MAX"]),
  label("deltaNu", "uHz", "large frequency separation", "src.var.pulse", ["DELTA_NU", "DNU"]),
];

const BY_NAME: ReadonlyMap<string, Label> = new Map(LABELS.map((one) => [one.name, one]));
const BY_SPELLING: ReadonlyMap<string, Label> = new Map(
  LABELS.flatMap((one) => [one.name, ...one.aliases].map((spelling) => [spelling.toLowerCase(), one] as const)),
);

/** @returns the label of exactly this name; undefined where none is declared */
export const declaredLabel = (name: string): Label | undefined => BY_NAME.get(name);

/** @returns the label of this name or alias in any case, as in `FE_H`; undefined where none is declared */
export const labelSpelled = (spelling: string): Label | undefined => BY_SPELLING.get(spelling.trim().toLowerCase());

/** What a column of a table says of a label. */
export interface LabelColumn {
  readonly label: Label;
  readonly part: "value" | "error" | "flag";
}

/** How surveys write the columns of errors and flags: e_Teff, TEFF_ERR, eteff, sigma_teff; TEFF_FLAG, flag_fe_h. */
const PARTS: readonly (readonly [part: LabelColumn["part"], pattern: RegExp])[] = [
  ["value", /^(.+)$/],
  ["error", /^(?:e_|err_|sigma_|unc_)(.+)$/i],
  ["error", /^(.+?)_?(?:err|error|unc|sigma)$/i],
  ["error", /^e(.+)$/],
  ["flag", /^(?:flag_|f_)(.+)$/i],
  ["flag", /^(.+?)_?flags?$/i],
];

/** @returns which label a column seems to hold by its name, and whether its value, error or flag; null if none */
export function labelOfColumn(column: string): LabelColumn | null {
  for (const [part, pattern] of PARTS) {
    const label = labelSpelled(pattern.exec(column.trim())?.[1] ?? "");
    if (label) return { label, part };
  }
  return null;
}
