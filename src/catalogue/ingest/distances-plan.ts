import type { Release } from "../release";
import { encodeReal, Rejected } from "./column";
import { ColumnIndex } from "./column-index";
import { readSourceId } from "./identity";
import { mergeInto } from "./merge";
import type { FileHead, IngestPlan } from "./plan";
import { STAGING, stagedCount } from "./staging";
import { DISTANCE_COLUMNS } from "./star-columns";

/**
 * How a table of distances (Bailer-Jones et al. 2021, AJ 161, 147; pc) is added to stars that are there already; rows
 * of other stars are rejected.
 */
export function distancesPlan({ columns, name: file }: FileHead, release: Release): IngestPlan {
  const index = new ColumnIndex(columns);
  index.require(["source_id", "r_med_geo"], file, "a table of distances");
  const taken = Object.keys(DISTANCE_COLUMNS).filter((name) => index.find(name) !== -1);
  const positions = taken.map((name) => index.find(name));
  const idAt = index.find("source_id");
  return {
    columns: [{ name: "source_id", type: "bigint" }, ...taken.map((name) => ({ name, type: "real" }))],
    key: "source_id",
    encode(row) {
      const id = readSourceId(row[idAt]!);
      if (id instanceof Rejected) return id;
      const cells: string[] = [];
      for (const [nth, position] of positions.entries()) {
        const text = encodeReal(row[position]!, taken[nth]!);
        if (text instanceof Rejected) return text;
        if (text.startsWith("-")) return new Rejected(`${taken[nth]} is negative`);
        cells.push(text);
      }
      return { key: id, line: `${id}\t${cells.join("\t")}` };
    },
    orphans: {
      sql: `SELECT row_number FROM ${STAGING} s WHERE NOT EXISTS (SELECT FROM star t WHERE t.release = ${release} AND t.source_id = s.source_id)`,
      reason: `no such star in DR${release}; ingest its Gaia source first`,
    },
    async merge(queries) {
      const values = Object.fromEntries(taken.map((name) => [name, `s.${name}`]));
      const { updated } = await mergeInto(queries, { table: "star", scope: { release }, keys: ["source_id"], values, updateOnly: true });
      return { inserted: 0, updated, unchanged: (await stagedCount(queries)) - updated };
    },
  };
}
