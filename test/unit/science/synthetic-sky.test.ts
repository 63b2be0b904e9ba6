import { componentOfSourceId, pixelAt, pixelOfSourceId } from "../../../src/science/sky/healpix";
import { median, quantile, rootMeanSquare } from "../../../src/science/statistics";
import { colourFromTeff, teffFromColour } from "../../../src/science/synthetic-sky/colour-teff";
import { bolometricCorrectionG } from "../../../src/science/synthetic-sky/colours";
import { distanceFromParallax } from "../../../src/science/synthetic-sky/distance";
import { dwarf } from "../../../src/science/synthetic-sky/evolution";
import { dustReddening } from "../../../src/science/synthetic-sky/galaxy";
import { SYNTHETIC_COMPONENT, syntheticStar } from "../../../src/science/synthetic-sky/synthetic-star";

const SKY = Array.from({ length: 4000 }, (_, index) => syntheticStar(42, index));

describe("the relations", () => {
  test("give the Sun its colours: BP - RP 0.82, G - RP 0.49, BP - Ks 1.72 (Casagrande et al. 2021)", () => {
    expect(colourFromTeff("bpRp", 5772, 4.44, 0)).toBeCloseTo(0.82, 2);
    expect(colourFromTeff("gRp", 5772, 4.44, 0)).toBeCloseTo(0.49, 2);
    expect(colourFromTeff("bpKs", 5772, 4.44, 0)).toBeCloseTo(1.72, 2);
  });

  test("invert: a colour's temperature has that colour", () => {
    expect(colourFromTeff("bpRp", teffFromColour("bpRp", 1.2, 2.5, -0.5), 2.5, -0.5)).toBeCloseTo(1.2, 5);
  });

  test("give a star of the Sun's mass and age the Sun's temperature and gravity, within 2%", () => {
    const sun = dwarf(1, 0, 0.46);
    expect(sun.teff / 5772).toBeCloseTo(1, 1);
    expect(sun.logg).toBeCloseTo(4.44, 1);
    expect(bolometricCorrectionG(5772)).toBe(0.06);
  });

  test("take a precise parallax at its word and an imprecise one to the prior", () => {
    expect(distanceFromParallax(10, 0.02).median).toBeCloseTo(100, 1);
    expect(distanceFromParallax(0, 10).median).toBeCloseTo(2700, -2);
  });

  test("let dust grow with distance in the plane and end above it", () => {
    expect(dustReddening(2000, 0)).toBeCloseTo(0.4, 6);
    expect(dustReddening(20_000, 90)).toBeCloseTo(dustReddening(2000, 90), 6);
  });
});

describe("a synthetic star", () => {
  test("depends on its seed and index alone", () => {
    expect(syntheticStar(42, 3999)).toEqual(SKY[3999]);
    expect(syntheticStar(43, 3999)).not.toEqual(SKY[3999]);
  });

  test("has a source_id of its own that encodes its place and carries component 127", () => {
    expect(new Set(SKY.map(({ sourceId }) => sourceId)).size).toBe(SKY.length);
    for (const { sourceId, raDeg, decDeg } of SKY) {
      expect(pixelOfSourceId(sourceId)).toBe(pixelAt(raDeg, decDeg));
      expect(componentOfSourceId(sourceId)).toBe(SYNTHETIC_COMPONENT);
    }
  });
});

describe("a synthetic sky", () => {
  const ofComponent = (name: string) => SKY.filter(({ truth }) => truth.component.name === name);

  test("holds dwarfs, giants and metal-poor stars within the range of its relations", () => {
    const giants = SKY.filter(({ truth }) => truth.logg < 3.5).length / SKY.length;
    expect(giants).toBeGreaterThan(0.15);
    expect(giants).toBeLessThan(0.5);
    expect(SKY.filter(({ truth }) => truth.feh < -1).length).toBeGreaterThan(100);
    for (const { truth, g } of SKY) {
      expect(truth.teff).toBeGreaterThanOrEqual(4000);
      expect(g.mag).toBeLessThan(18.1);
    }
  });

  test("has a halo that is poorer and moves faster than its discs", () => {
    const feh = (name: string) => median(ofComponent(name).map(({ truth }) => truth.feh));
    expect(feh("halo")).toBeLessThan(feh("thick disc"));
    expect(feh("thick disc")).toBeLessThan(feh("thin disc"));
    const speed = (name: string) => rootMeanSquare(ofComponent(name).map(({ truth }) => truth.motion.radialVelocity));
    expect(speed("halo")).toBeGreaterThan(2 * speed("thin disc"));
  });

  test("shows [Fe/H] in SkyMapper v: poor stars are brighter there at one g - i", () => {
    const index = (from: number, to: number) => {
      const stars = SKY.filter(({ truth, ebv }) => truth.feh > from && truth.feh < to && ebv < 0.1);
      return median(
        stars.flatMap(({ skymapper }) => {
          const [, v, g, , i] = skymapper ?? [];
          return v && g && i ? [v.mag - g.mag - 1.5 * (g.mag - i.mag)] : [];
        }),
      );
    };
    expect(index(-0.1, 0.1) - index(-1.2, -0.8)).toBeGreaterThan(0.2);
  });

  test("leaves bands out, and all of SkyMapper's in the north", () => {
    expect(SKY.filter(({ decDeg, skymapper }) => decDeg > 16 && skymapper)).toEqual([]);
    const lost = SKY.filter(({ skymapper }) => skymapper?.some((band) => band === null)).length;
    expect(lost / SKY.length).toBeGreaterThan(0.05);
  });

  test("quotes the parallax errors that it makes, and distances without bias", () => {
    const deviations = SKY.map(({ geometric, truth, parallax, parallaxError }) => [
      (parallax - 1000 / truth.distancePc) / parallaxError,
      geometric.median / truth.distancePc,
    ]);
    expect(rootMeanSquare(deviations.map(([parallax]) => parallax!))).toBeCloseTo(1, 1);
    expect(median(deviations.map(([, ratio]) => ratio!))).toBeCloseTo(1, 1);
  });

  test("has GSP-Phot estimates about as far from SoS labels as published: 233 K, 0.304, 0.277 dex (within 15%)", () => {
    const pairs = SKY.flatMap(({ gspphot, labels }) => {
      const sos = labels.find(({ survey }) => survey.name === "synthetic-sos");
      return sos && gspphot ? [{ gspphot, sos }] : [];
    });
    expect(pairs.length / SKY.length).toBeGreaterThan(0.3);
    const rmse = (of: (pair: (typeof pairs)[number]) => number) => rootMeanSquare(pairs.map(of));
    expect(Math.abs(rmse(({ gspphot, sos }) => gspphot.teff.value - sos.teff) / 233 - 1)).toBeLessThan(0.15);
    expect(Math.abs(rmse(({ gspphot, sos }) => gspphot.logg.value - sos.logg) / 0.304 - 1)).toBeLessThan(0.15);
    expect(Math.abs(rmse(({ gspphot, sos }) => gspphot.mh.value - sos.feh) / 0.277 - 1)).toBeLessThan(0.15);
  });

  test("reaches from the solar neighbourhood to the halo", () => {
    const distances = SKY.map(({ truth }) => truth.distancePc);
    expect(quantile(distances, 0.05)).toBeLessThan(300);
    expect(quantile(distances, 0.95)).toBeGreaterThan(3000);
  });
});
