import { STAR_COLUMNS, type StarColumn } from "../../catalogue/star";
import { STAR_UCDS } from "../../catalogue/star-ucds";
import type { VotableColumn } from "../../formats/votable/votable-writer";

/** Simple Cone Search's VERB: 1 returns the fewest columns, 3 all of them. */
export type Verbosity = 1 | 2 | 3;

/** In addition to the columns of every answer: source_id, ra, dec and the distance. */
const BY_VERBOSITY: Readonly<Record<Verbosity, readonly StarColumn[]>> = {
  1: ["photGMeanMag"],
  2: [
    "refEpoch",
    "raError",
    "decError",
    "parallax",
    "parallaxError",
    "pmra",
    "pmdec",
    "ruwe",
    "photGMeanMag",
    "photBpMeanMag",
    "photRpMeanMag",
    "bpRp",
    "radialVelocity",
    "teffGspphot",
    "loggGspphot",
    "mhGspphot",
    "synthetic",
  ],
  3: (Object.keys(STAR_COLUMNS) as StarColumn[]).filter((name) => name !== "ra" && name !== "dec"),
};

const DATATYPES = { float8: "double", float4: "float", int2: "short", text: "unicodeChar", boolean: "boolean" } as const;

/** XML ID of the answer's coordinate system. */
export const FRAME = "icrs";

/** The three columns that Simple Cone Search 1.03 requires, with its UCD1 names, and the distance from the centre. */
const DEMANDED: readonly VotableColumn[] = [
  { name: "source_id", datatype: "char", ucd: "ID_MAIN", description: "Gaia source_id, as text: it keeps every digit" },
  { name: "ra", datatype: "double", unit: "deg", ucd: "POS_EQ_RA_MAIN", ref: FRAME, description: STAR_COLUMNS.ra.description },
  { name: "dec", datatype: "double", unit: "deg", ucd: "POS_EQ_DEC_MAIN", ref: FRAME, description: STAR_COLUMNS.dec.description },
  { name: "distance", datatype: "double", unit: "deg", ucd: "pos.angDistance", description: "from the centre of the cone" },
];

/** @returns the columns of a star that follow the required ones */
export const columnsOf = (verbosity: Verbosity): readonly StarColumn[] => BY_VERBOSITY[verbosity];

/** @returns every FIELD of an answer, in order */
export function fieldsOf(verbosity: Verbosity): VotableColumn[] {
  const more = columnsOf(verbosity).map((name): VotableColumn => {
    const { sql, type, unit, description } = STAR_COLUMNS[name];
    return { name: sql, datatype: DATATYPES[type], unit, ucd: STAR_UCDS[name] ?? null, description };
  });
  return [...DEMANDED, ...more];
}
