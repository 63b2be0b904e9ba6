import { ColumnIndex } from "../../formats/column-index";
import { encodeDouble, Rejected } from "./column";
import { readPosition, sourceIdReader } from "./identity";
import { valueReader } from "./mapped-values";
import type { Mapping } from "./mapping";
import { mergeInto } from "./merge";
import type { FileHead, IngestPlan } from "./plan";
import { REFERENCE_EPOCH } from "./release-of-table";
import { stagedCount } from "./staging";

/**
 * How a table that names Gaia sources and says where they are becomes stars. Those that are there already keep what
 * is known of them: Gaia's own tables say more.
 *
 * @throws AppError BAD_INPUT if the file lacks a column that the mapping names
 */
export function starsPlan(head: FileHead, mapping: Mapping): IngestPlan {
  const { columns, name: file } = head;
  const { gaia, position, stars, catalogue } = mapping;
  const { column, release } = gaia!;
  const { ra, dec } = position!;
  const index = new ColumnIndex(columns, file);
  index.require([column, ra.column, dec.column], file, `what the mapping of '${catalogue.name}' describes under stars`);
  const [readRa, readDec] = [valueReader(ra, head, encodeDouble), valueReader(dec, head, encodeDouble)];
  const readId = sourceIdReader(head, index, { column, release, isGaiaTable: false, nulls: mapping.nulls });
  const error = String(stars!.positionError ?? "NULL");
  return {
    catalogue: catalogue.name,
    columns: [
      { name: "source_id", type: "bigint" },
      { name: "ra", type: "double precision" },
      { name: "dec", type: "double precision" },
    ],
    key: "source_id",
    encode(row) {
      const id = readId(row);
      if (id instanceof Rejected) return id;
      const place = [readRa(row), readDec(row)] as const;
      return readPosition(...place) ?? { key: id, line: `${id}\t${place.join("\t")}` };
    },
    async merge(queries) {
      const values = { ra: "s.ra", dec: "s.dec", ra_error: error, dec_error: error, ref_epoch: String(REFERENCE_EPOCH[release]) };
      const where = `NOT EXISTS (SELECT FROM star known WHERE known.release = ${release} AND known.source_id = s.source_id)`;
      const moved = await mergeInto(queries, { table: "star", scope: { release }, keys: ["source_id"], values, where });
      return { ...moved, unchanged: (await stagedCount(queries)) - moved.inserted };
    },
  };
}
