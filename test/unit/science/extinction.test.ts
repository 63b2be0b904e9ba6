import { EXTINCTION_PER_REDDENING, gaiaExtinctionPerReddening } from "../../../src/science/extinction";

/** Fitzpatrick 1999, table 3, R_V = 3.1: wavelength [nm], A / E(B-V). Schlafly & Finkbeiner 2011 scale it by 0.86. */
const FITZPATRICK = [
  [2650, 0.265],
  [1220, 0.829],
  [600, 2.688],
  [547, 3.055],
  [467, 3.806],
  [411, 4.315],
  [270, 6.265],
] as const;

function fitzpatrick(wavelengthNm: number): number {
  const i = FITZPATRICK.findIndex(([end]) => end <= wavelengthNm);
  const [[redWave, red], [blueWave, blue]] = [FITZPATRICK[i - 1]!, FITZPATRICK[i]!];
  const fraction = (1 / wavelengthNm - 1 / redWave) / (1 / blueWave - 1 / redWave);
  return 0.86 * (red + fraction * (blue - red));
}

test.each([
  ["skymapperU", 349],
  ["skymapperV", 384],
  ["skymapperG", 510],
  ["skymapperR", 617],
  ["skymapperI", 779],
  ["skymapperZ", 916],
] as const)("%s lies on Fitzpatrick's law at its effective wavelength of %d nm, within 5%%", (band, wavelengthNm) => {
  expect(EXTINCTION_PER_REDDENING[band] / fitzpatrick(wavelengthNm)).toBeGreaterThan(0.95);
  expect(EXTINCTION_PER_REDDENING[band] / fitzpatrick(wavelengthNm)).toBeLessThan(1.05);
});

test("Gaia's coefficients for a star like the Sun are those of Casagrande et al. 2021", () => {
  expect(gaiaExtinctionPerReddening("g", 0.82)).toBeCloseTo(2.609 - 0.475 * 0.82 + 0.053 * 0.82 ** 2, 12);
  expect(gaiaExtinctionPerReddening("bp", 0.82)).toBeCloseTo(2.8, 1);
  expect(gaiaExtinctionPerReddening("rp", 0)).toBe(1.689);
});
