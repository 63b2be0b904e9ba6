import { ColumnIndex } from "../../formats/column-index";
import type { Release } from "../release";
import { Rejected } from "./column";
import { sourceIdReader } from "./identity";
import { mergeInto } from "./merge";
import type { FileHead, IngestPlan } from "./plan";
import { STAGING, stagedCount } from "./staging";
import { DISTANCE_COLUMNS } from "./star-columns";
import { encodeCells, takenColumns } from "./taken-columns";

/**
 * How a table of distances (Bailer-Jones et al. 2021, AJ 161, 147; pc) is added to stars that are there already; rows
 * of other stars are rejected.
 */
export function distancesPlan(head: FileHead, release: Release): IngestPlan {
  const { columns, name: file } = head;
  const index = new ColumnIndex(columns, file);
  index.require(["source_id", "r_med_geo"], file, "a table of distances");
  const taken = takenColumns(DISTANCE_COLUMNS, index, head);
  const readId = sourceIdReader(head, index, { column: "source_id", release, isGaiaTable: true });
  return {
    columns: [{ name: "source_id", type: "bigint" }, ...taken],
    key: "source_id",
    encode(row) {
      const id = readId(row);
      if (id instanceof Rejected) return id;
      const cells = encodeCells(row, taken);
      if (cells instanceof Rejected) return cells;
      const negative = cells.findIndex((text) => text.startsWith("-"));
      if (negative !== -1) return new Rejected(`${taken[negative]!.name} is negative`);
      return { key: id, line: `${id}\t${cells.join("\t")}` };
    },
    orphans: {
      sql: `SELECT row_number FROM ${STAGING} s WHERE NOT EXISTS (SELECT FROM star t WHERE t.release = ${release} AND t.source_id = s.source_id)`,
      reason: `no such star in DR${release}; ingest its Gaia source first`,
    },
    async merge(queries) {
      const values = Object.fromEntries(taken.map(({ name }) => [name, `s.${name}`]));
      const { updated } = await mergeInto(queries, { table: "star", scope: { release }, keys: ["source_id"], values, updateOnly: true });
      return { inserted: 0, updated, unchanged: (await stagedCount(queries)) - updated };
    },
  };
}
