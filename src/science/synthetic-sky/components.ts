/** One part of the Galaxy: where its stars are, how they move, how old and how metal-rich they are. */
export interface GalacticComponent {
  readonly name: "thin disc" | "thick disc" | "halo";
  /** fraction of the stars of a sky down to G = 18 */
  readonly share: number;
  /** [Gyr] youngest and oldest */
  readonly age: readonly [from: number, to: number];
  /** [dex] mean and standard deviation of [Fe/H] */
  readonly feh: readonly [mean: number, sigma: number];
  /** [dex] mean and standard deviation of [alpha/Fe] at the mean [Fe/H] */
  readonly alpha: readonly [mean: number, sigma: number];
  /** [pc] exponential scale height and length of a disc; null for the halo */
  readonly disc: { readonly heightPc: number; readonly lengthPc: number } | null;
  /** [km/s] dispersions towards the centre, the rotation and the pole */
  readonly dispersion: readonly [u: number, v: number, w: number];
  /** [km/s] how far its rotation lags the local standard of rest */
  readonly lag: number;
}

/**
 * Scales: Juric et al. 2008 (ApJ 673, 864). Kinematics: Bensby et al. 2003 (A&A 410, 527). Metallicities: Casagrande
 * et al. 2011 (A&A 530, A138) for the discs, Ivezic et al. 2008 (ApJ 684, 287) for the halo. The shares are round
 * figures for a sky of survey targets, not a count of real stars.
 */
export const COMPONENTS: readonly GalacticComponent[] = [
  {
    name: "thin disc",
    share: 0.7,
    age: [0.8, 9],
    feh: [-0.08, 0.2],
    alpha: [0.04, 0.04],
    disc: { heightPc: 300, lengthPc: 2600 },
    dispersion: [35, 20, 16],
    lag: 15,
  },
  {
    name: "thick disc",
    share: 0.22,
    age: [8, 12],
    feh: [-0.55, 0.28],
    alpha: [0.22, 0.05],
    disc: { heightPc: 900, lengthPc: 3600 },
    dispersion: [67, 38, 35],
    lag: 46,
  },
  { name: "halo", share: 0.08, age: [11, 13], feh: [-1.46, 0.5], alpha: [0.27, 0.07], disc: null, dispersion: [160, 90, 90], lag: 220 },
];
