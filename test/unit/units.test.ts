import type { Column } from "../../src/formats/table";
import { columnConverter } from "../../src/formats/units/column-conversion";
import { convertUnit } from "../../src/formats/units/convert-unit";

function convert(value: number, from: string, to: string): number {
  const conversion = convertUnit(from, to);
  if (conversion === null) throw new Error(`no conversion of ${from} to ${to}`);
  return (value * conversion.times) / conversion.per;
}

test.each([
  ["rad", "deg", Math.PI, 180],
  ["arcsec", "mas", 0.0015, 1.5],
  ["uas", "mas", 1500, 1.5],
  ["µas", "mas", 1500, 1.5],
  ["hourangle", "deg", 1.5, 22.5],
  ["h", "deg", 1.5, 22.5],
  ["15deg", "deg", 1.5, 22.5],
  ["0.001mag", "mag", 12_500, 12.5],
  ["1e-3arcsec", "mas", 1.5, 1.5],
  ["hour", "deg", 1.5, 22.5],
  ["arcmin", "deg", 90, 1.5],
  ["Angle[deg]", "deg", 1.5, 1.5],
  ["mas.yr**-1", "mas/yr", 2.5, 2.5],
  ["mas yr-1", "mas/yr", 2.5, 2.5],
  ["mas/year", "mas/yr", 2.5, 2.5],
  ["Angular Velocity[mas/year]", "mas/yr", 2.5, 2.5],
  ["arcsec/yr", "mas/yr", 0.0025, 2.5],
  ["arcsec.a^-1", "mas/yr", 0.0025, 2.5],
  ["kpc", "pc", 1.25, 1250],
  ["Mpc", "pc", 1.25e-3, 1250],
  ["mmag", "mag", 12_500, 12.5],
  ["MAG", "mag", 12.5, 12.5],
  ["mag(Vega)", "mag", 12.5, 12.5],
  ["kK", "K", 5.75, 5750],
  ["m/s", "km/s", -32_500, -32.5],
  ["m.s**-1", "km/s", -32_500, -32.5],
  ["km s^-1", "km/s", -32.5, -32.5],
  ["KM/S", "km/s", -32.5, -32.5],
  ["cm s**(-1)", "km/s", -3_250_000, -32.5],
  ["log(cm.s**-2)", "dex", 4.5, 4.5],
  ["'dex'", "dex", 0.25, 0.25],
  ["[cm/s2]", "dex", 4.5, 4.5],
  ["dex(cm/s2)", "dex", 4.5, 4.5],
  ["[Sun]", "dex", -0.5, -0.5],
  ["'electron'.s**-1", "electron/s", 100, 100],
  ["e-/s", "electron/s", 100, 100],
  ["s", "d", 43_200, 0.5],
  ["Barycentric JD in TCB - 2455197.5 (day)", "d", 1701.5, 1701.5],
  ["h", "d", 12, 0.5],
  ["min", "d", 720, 0.5],
  ["jyear", "yr", 2016, 2016],
  ["Time[Julian Years]", "yr", 2016, 2016],
  ["%", "-", 25, 0.25],
  ["Myr", "Gyr", 4500, 4.5],
  ["kg/m^3", "g/cm^3", 1410, 1.41],
  ["mHz", "uHz", 3.09, 3090],
  ["15deg", "deg", 1.5, 22.5],
  ["decimal degrees", "deg", 1.5, 1.5],
  ["hrs", "deg", 1.5, 22.5],
  ["Mas", "mas", 1.5, 1.5],
  ["10-3arcsec", "mas", 1.5, 1.5],
  ["milli-arcsec", "mas", 1.5, 1.5],
  ["$\\mu$as", "mas", 1500, 1.5],
  ["mas per year", "mas/yr", 2.5, 2.5],
  ["mas yr⁻¹", "mas/yr", 2.5, 2.5],
  ["mas yr$^{-1}$", "mas/yr", 2.5, 2.5],
  ["mas/y", "mas/yr", 2.5, 2.5],
  ["Mmag", "mag", 12_500, 12.5],
  ["0.001mag", "mag", 12_500, 12.5],
  ["10+3K", "K", 5.75, 5750],
  ["1e3 K", "K", 5.75, 5750],
  ["1000K", "K", 5.75, 5750],
  ["kms-1", "km/s", -32.5, -32.5],
  ["log cgs", "dex", 4.5, 4.5],
  ["log(g)", "dex", 4.5, 4.5],
  ["log[cm/s2]", "dex", 4.5, 4.5],
])("%s becomes %s", (from, to, value, wanted) => {
  expect(convert(value, from, to)).toBeCloseTo(wanted, 9);
});

test("usual conversions are exact, without a last digit of their own", () => {
  expect(convert(1.5, "arcsec", "mas")).toBe(1500);
  expect(convert(12_345, "mmag", "mag")).toBe(12.345);
  expect(convert(1.234, "kpc", "pc")).toBe(1234);
  expect(convert(12_345, "m/s", "km/s")).toBe(12.345);
});

test.each([
  ["mag", "K"],
  ["log(K)", "K"],
  ["log(m.s**-2)", "dex"],
  ["cm.s**-2", "dex"],
  ["mag(AB)", "mag"],
  ["Jy", "mag"],
  ["MJD", "d"],
  ["furlong", "deg"],
  ["MPC", "pc"],
  ["kmag", "mag"],
  ["log K", "dex"],
  ["mas", "pc"],
])("%s is not taken for %s", (from, to) => {
  expect(convertUnit(from, to)).toBeNull();
});

const column = (unit: string | null): Column => ({ name: "ra", unit, description: null, kind: "text" });

test("hours, minutes and seconds become degrees, on both sides of zero", () => {
  const ra = columnConverter(column("h:m:s"), { unit: "deg" }, "t");
  expect(ra?.("10:30:00")).toBeCloseTo(157.5, 12);
  const dec = columnConverter(column('"d:m:s"'), { unit: "deg" }, "t");
  expect(dec?.("-00:30:36")).toBeCloseTo(-0.51, 12);
  expect(dec?.("-12 30 00.0")).toBeCloseTo(-12.5, 12);
  expect(dec?.(null)).toBeNull();
});

test("nulls, and what is no number, are left to whoever reads the cell", () => {
  const convertRadians = columnConverter(column("rad"), { unit: "deg" }, "t")!;
  expect(convertRadians("N/A")).toBeNull();
  expect(convertRadians("north")).toBe("north");
  expect(convertRadians([Math.PI, null])).toEqual([180, null]);
});

test.each(["None", "null", "N/A", "unknown", " "])("the unit '%s' states nothing", (unit) => {
  expect(columnConverter(column(unit), { unit: "deg" }, "t")).toBeNull();
  expect(columnConverter(column(unit), { unit: "deg", stated: "hour" }, "t")?.("2")).toBe(30);
});

test("a unit that cannot be converted is refused with the column and both units", () => {
  expect(() => columnConverter(column("furlong"), { unit: "deg" }, "t.fits")).toThrow(
    "t.fits, column ra: its unit is 'furlong', which cannot be converted to 'deg'",
  );
});

test("a mapping says what the file does not, and may not contradict it", () => {
  expect(columnConverter(column(null), { unit: "deg", stated: "hour" }, "t")?.("2")).toBe(30);
  expect(columnConverter(column("odd"), { unit: "deg", stated: "hour" }, "t")?.("2")).toBe(30);
  expect(columnConverter(column(null), { unit: "deg" }, "t")).toBeNull();
  expect(() => columnConverter(column("rad"), { unit: "deg", stated: "hour" }, "t")).toThrow(
    "'rad' in the file, and 'hour' in the mapping",
  );
});
