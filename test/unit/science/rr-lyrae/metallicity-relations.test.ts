import { readFileSync } from "node:fs";
import path from "node:path";
import {
  dekany2021FirstOvertone,
  dekany2021Fundamental,
  gaiaDr3Metallicity,
  jurcsikKovacs1996,
} from "../../../../src/science/rr-lyrae/metallicity-relations";
import { describeRealData, REAL_DATA } from "../../../support/real-data";

/** Rows of gaiadr3.vari_rrlyrae: source_id, pf, phi31_g, metallicity. */
const GAIA_DR3: readonly [string, number, number, number][] = [
  ["358693648267575424", 0.49664213375042554, 2.6152822971343994, -0.16440778970718384],
  ["5712340592847082240", 0.39529247326857037, 2.5680809020996094, 0.2081734538078308],
  ["5902551672065087232", 0.4825205080579526, 1.7312535047531128, -1.2294375896453857],
  ["1933774424769244672", 0.643004412459762, 2.096324920654297, -1.7522103786468506],
  ["1935418400810447744", 0.5566101992639924, 1.643663763999939, -2.1291449069976807],
  ["5834146655716516480", 0.6027234745593503, 3.2652409076690674, 0.03369419276714325],
  ["5278557588960646656", 0.5431165365411594, 1.459360957145691, -2.4646668434143066],
  ["5961499651578555264", 0.814820143615588, 3.1846859455108643, -0.04070807248353958],
  ["4654691255399909376", 0.5462214761039451, 1.3658044338226318, -2.7568840980529785],
  ["5918517508589638144", 0.7945042127458707, 3.4305548667907715, 0.3527255952358246],
  ["5959781011766689024", 0.4784855497387187, 1.2476648092269897, -2.2673838138580322],
];

/** One row a spectrum of the ASAS I-band set, by its header's names. */
function readSpectra(file: string): Record<string, string>[] {
  const lines = readFileSync(path.join(REAL_DATA!, "rr-lyrae-fourier", file), "utf8")
    .trimEnd()
    .split("\n");
  const names = lines[0]!.slice(1).trim().split(/\s+/);
  return lines.slice(1).map((line) =>
    Object.fromEntries(
      line
        .trim()
        .split(/\s+/)
        .map((cell, at) => [names[at]!, cell]),
    ),
  );
}

describe("published metallicities of RR Lyrae", () => {
  test.each(GAIA_DR3)("Gaia DR3 %s has the metallicity that its period and phi31_g give, to 1e-6", (_, period, phi31, metallicity) => {
    expect(Math.abs(gaiaDr3Metallicity(period, phi31) - metallicity)).toBeLessThan(1e-6);
  });

  test("the relations do not know how often the phase was wrapped", () => {
    const star = { periodDays: 0.55, a1Mag: 0.25, a2Mag: 0.1, phi31: 5.2 };
    for (const turns of [-1, 1, 2]) {
      const wrapped = { ...star, phi31: star.phi31 + 2 * Math.PI * turns };
      expect(dekany2021Fundamental(wrapped)).toBeCloseTo(dekany2021Fundamental(star), 12);
      expect(dekany2021FirstOvertone(wrapped)).toBeCloseTo(dekany2021FirstOvertone(star), 12);
      expect(jurcsikKovacs1996(wrapped)).toBeCloseTo(jurcsikKovacs1996(star), 12);
    }
  });

  test("Jurcsik & Kovács' relation gives their plane", () => {
    expect(jurcsikKovacs1996({ periodDays: 0.5, phi31: 5 })).toBeCloseTo(-5.038 - 2.697 + 6.725, 12);
  });
});

describeRealData("the spectra of high resolution", () => {
  test("Dékány et al. 2021 miss those of fundamental-mode stars by 0.158 dex on average, as published", () => {
    const spectra = ["CHR_X_phot_single.dat", "LIT_hires_feh_1_X_phot.dat", "LIT_hires_feh_2_X_phot.dat"].flatMap(readSpectra);
    const chosen = spectra.filter(
      ({ type, keep, snr, phcov }) => /^RRab(-BL)?$/.test(type!) && Number(keep) === 1 && Number(snr) > 95 && Number(phcov) > 0.8,
    );
    const missed = chosen.map(({ period, A1, A2, phi31, feh, shift }) => {
      const predicted = dekany2021Fundamental({ periodDays: Number(period), a1Mag: Number(A1), a2Mag: Number(A2), phi31: Number(phi31) });
      return Math.abs(predicted - Number(feh) - Number(shift));
    });
    expect(chosen.length).toBe(375);
    expect(missed.reduce((sum, one) => sum + one) / missed.length).toBeCloseTo(0.158, 3);
  });
});
