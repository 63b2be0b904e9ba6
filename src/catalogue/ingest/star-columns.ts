import { STAR_COLUMNS } from "../star";
import type { KnownColumn } from "./taken-columns";

type Columns = Readonly<Record<string, KnownColumn>>;

const SQL_TYPES = { float8: "double precision", float4: "real", int2: "smallint", text: "text" } as const;

/** Columns of `star` that no Gaia table has: what we say of the star ourselves. */
const OURS: ReadonlySet<string> = new Set(["synthetic", "ebv", "ebv_map"]);

const isDistance = (name: string) => /^r_(lo|med|hi)_/.test(name);

function columns(isTaken: (name: string) => boolean): Columns {
  const taken = Object.values(STAR_COLUMNS).flatMap(({ sql, type, unit }) =>
    type !== "boolean" && isTaken(sql) ? [[sql, { type: SQL_TYPES[type], unit }] as const] : [],
  );
  return Object.fromEntries(taken);
}

/** Columns of a Gaia source table that are kept, under the archive's own names, with the type of the `star` table. */
export const GAIA_COLUMNS = columns((name) => !OURS.has(name) && !isDistance(name));

/** Columns of a table of distances (Bailer-Jones et al. 2021, AJ 161, 147), pc; joined Gaia tables may carry them too. */
export const DISTANCE_COLUMNS = columns(isDistance);
