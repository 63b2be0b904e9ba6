import { AppError } from "../../../src/errors";
import { featureSet } from "../../../src/features/feature-sets";
import { sosFeatures } from "../../../src/features/sos";

const value = (row: Parameters<typeof sosFeatures.compute>[0], name: string) =>
  sosFeatures.compute(row)[sosFeatures.inputs.findIndex((input) => input.name === name)]!;

test("the inputs are the 27 published ones, in the order that models are trained on", () => {
  expect(sosFeatures.inputs.map(({ name }) => name)).toEqual([
    "r_med_geo",
    ...["phot_bp_mean_mag", "phot_rp_mean_mag"],
    ...["Uabs", "Vabs", "Gabs", "Rabs", "Iabs", "Zabs"],
    ...["Uabs_nored", "Vabs_nored", "Gabs_nored", "Rabs_nored", "Iabs_nored", "Zabs_nored"],
    ...["e_u_psf", "e_v_psf", "e_g_psf", "e_r_psf", "e_i_psf", "e_z_psf"],
    ...["teff_gspphot", "teff_gspphot_err", "mh_gspphot", "mh_gspphot_err", "logg_gspphot", "logg_gspphot_err"],
  ]);
});

test("absolute magnitudes take the distance off, and the de-reddened ones the dust too", () => {
  const row = { skymapperU: 15, rMedGeo: 1000, ebv: 0.1 };
  expect(value(row, "Uabs")).toBeCloseTo(5, 12);
  expect(value(row, "Uabs_nored")).toBeCloseTo(5 - 0.4294, 12);
});

test("what is missing is NaN, and nothing else is", () => {
  const row = { skymapperU: 15, skymapperV: null, rMedGeo: 1000, teffGspphot: 5000 };
  expect(value(row, "Vabs")).toBeNaN();
  expect(value(row, "Uabs_nored")).toBeNaN();
  expect(value(row, "teff_gspphot")).toBe(5000);
  expect(sosFeatures.compute({}).every(Number.isNaN)).toBe(true);
});

test("a feature set is found by its name, and an unknown name is answered with those there are", () => {
  expect(featureSet("sos")).toBe(sosFeatures);
  expect(() => featureSet("sso")).toThrow(AppError);
  expect(() => featureSet("sso")).toThrow(/There are: sos/);
});
