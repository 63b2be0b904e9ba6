import { type FitsCards, fitsFile, votable } from "./table-files";

/** One transit of a star as the archive serves it; null where it did not measure. */
export interface Transit {
  readonly time: number;
  readonly mag: number | null;
  readonly flux: number | null;
  readonly ratio: number | null;
  readonly rejected: boolean;
}

export const STAR = 2328619740476096384n;

/** The first two transits of an RR Lyrae star in Gaia DR3, as the archive serves them; the second lacks BP and RP. */
export const REAL_TRANSITS = `solution_id,source_id,transit_id,g_transit_time,g_transit_flux,g_transit_flux_error,g_transit_flux_over_error,g_transit_mag,bp_obs_time,bp_flux,bp_flux_error,bp_flux_over_error,bp_mag,rp_obs_time,rp_flux,rp_flux_error,rp_flux_over_error,rp_mag,variability_flag_g_reject,variability_flag_bp_reject,variability_flag_rp_reject,g_other_flags,bp_other_flags,rp_other_flags,rejected_by_photometry
375316653866487564,${STAR},19904707766277818,1756.8137006432394,61379.645021363125,66.40325372862291,924.3469,13.717305935966815,1756.8139941058444,38115.55505560519,95.02268429563246,401.12057,13.885786594445392,1756.8140820892297,33731.73916407903,88.0843489264427,382.94815,13.427798667608632,false,false,false,5,0,0,false
375316653866487564,${STAR},22755823142500184,1808.3702082380067,85639.92140745468,111.8572199076044,765.61816,13.355676216889247,,,,,,,,,,,false,true,true,4097,1024,16779264,false
`;

/** A light curve in G of ten transits: the third rejected, the fifth without a measurement. */
export const TRANSITS: readonly Transit[] = Array.from({ length: 10 }, (_, index) => {
  const mag = 15 + index / 16;
  const measured = index !== 4;
  return {
    time: 1700.25 + 31 * index,
    mag: measured ? mag : null,
    flux: measured ? 10 ** ((25.6873668671 - mag) / 2.5) : null,
    ratio: measured ? 128 : null,
    rejected: index === 2,
  };
});

const columnsOf = (transits: readonly Transit[]) => ({
  g_transit_time: transits.map(({ time }) => time),
  g_transit_mag: transits.map(({ mag }) => mag),
  g_transit_flux: transits.map(({ flux }) => flux),
  g_transit_flux_over_error: transits.map(({ ratio }) => ratio),
});
const flagsOf = (transits: readonly Transit[]) => transits.map(({ rejected }) => rejected);

/** A row a source, arrays as text: `[1.0,null]` as ECSV has them, or `(1.0, null)`. */
export function arrayTable(form: "ecsv" | "csv", transits: readonly Transit[]): string {
  const [open, close, between] = form === "ecsv" ? ["[", "]", ","] : ["(", ")", ", "];
  const cells = [...Object.values(columnsOf(transits)), flagsOf(transits)].map(
    (values: readonly unknown[]) => `"${open}${values.map((value) => value ?? "null").join(between)}${close}"`,
  );
  const names = ["source_id", ...Object.keys(columnsOf(transits)), "variability_flag_g_reject"];
  const header = names.map((name, index) => {
    const type = index === 0 ? "datatype: int64" : `datatype: string, subtype: '${index === 5 ? "bool" : "float64"}[null]'`;
    return `# - {name: ${name}, ${type}}\n`;
  });
  const yaml = form === "ecsv" ? `# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n${header.join("")}` : "";
  return `${yaml}${names.join(",")}\n${[STAR, ...cells].join(",")}\n`;
}

/** A row a source, in a VOTable with arrays of variable length. */
export function arrayVotable(transits: readonly Transit[]): string {
  const fields = Object.keys(columnsOf(transits)).map((name) => `<FIELD name="${name}" datatype="double" arraysize="*"/>`);
  const cells = [
    ...Object.values(columnsOf(transits)).map((values) => values.map((value) => value ?? "NaN").join(" ")),
    flagsOf(transits)
      .map((flag) => (flag ? "T" : "F"))
      .join(" "),
  ];
  return votable(
    `<FIELD name="source_id" datatype="long"/>${fields.join("")}<FIELD name="variability_flag_g_reject" datatype="boolean" arraysize="*"/>`,
    `<TABLEDATA><TR><TD>${STAR}</TD>${cells.map((cell) => `<TD>${cell}</TD>`).join("")}</TR></TABLEDATA>`,
  );
}

function doubles(values: readonly (number | null)[]): Buffer {
  const buffer = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => {
    buffer.writeDoubleBE(value ?? Number.NaN, 8 * index);
  });
  return buffer;
}

/** A row a source, in a FITS table whose arrays lie in the heap. */
export function arrayFits(transits: readonly Transit[]): Buffer {
  const columns = columnsOf(transits);
  const parts = [...Object.values(columns).map(doubles), Buffer.from(flagsOf(transits).map((flag) => (flag ? 0x54 : 0x46)))];
  const row = Buffer.alloc(8 + 8 * parts.length);
  row.writeBigInt64BE(STAR);
  let offset = 0;
  parts.forEach((part, index) => {
    row.writeInt32BE(transits.length, 8 + 8 * index);
    row.writeInt32BE(offset, 12 + 8 * index);
    offset += part.length;
  });
  const cards: FitsCards[] = [
    { TTYPE: "source_id", TFORM: "K" },
    ...Object.keys(columns).map((name) => ({ TTYPE: name, TFORM: `PD(${transits.length})` })),
    { TTYPE: "variability_flag_g_reject", TFORM: `PL(${transits.length})` },
  ];
  return fitsFile(cards, [row], { heap: Buffer.concat(parts) });
}

/** A row a measurement, as the archive served it before 2025. */
export function rowTable(transits: readonly Transit[], sourceId = STAR): string {
  const rows = transits.map(({ time, mag, flux, ratio, rejected }) =>
    [sourceId, "G", time, mag, flux, ratio, false, rejected].map((cell) => cell ?? "").join(","),
  );
  return `source_id,band,time,mag,flux,flux_over_error,rejected_by_photometry,rejected_by_variability\n${rows.join("\n")}\n`;
}
