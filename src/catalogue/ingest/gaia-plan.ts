import { NULL_TEXT } from "../../database/copy-text";
import { AppError } from "../../errors";
import type { Release } from "../release";
import { ENCODERS, type Encode, Rejected } from "./column";
import { ColumnIndex } from "./column-index";
import { readPosition, readSourceId } from "./identity";
import { mergeInto } from "./merge";
import type { FileHead, IngestPlan } from "./plan";
import { REFERENCE_EPOCH, releaseOfDesignation } from "./release-of-table";
import { stagedCount } from "./staging";
import { DISTANCE_COLUMNS, GAIA_COLUMNS } from "./star-columns";

const REQUIRED = ["source_id", "ra", "dec"];

interface Taken {
  readonly name: string;
  readonly type: string;
  readonly position: number;
  readonly encode: Encode;
}

/** The columns of the file that the `star` table keeps. */
function takenColumns(index: ColumnIndex, file: string): Taken[] {
  const taken = Object.entries({ ...GAIA_COLUMNS, ...DISTANCE_COLUMNS })
    .map(([name, type]) => ({ name, type, position: index.find(name), encode: ENCODERS[type] }))
    .filter(({ position }) => position !== -1);
  if (taken.length <= 2)
    throw new AppError(
      "BAD_INPUT",
      `${file} is not a Gaia source table: beside the position it has no column of one, such as parallax or phot_g_mean_mag. Found: ${index.describe()}.`,
    );
  return taken;
}

/** BP - RP of a row whose table lacks the colour. */
function colour(bp: string, rp: string): string {
  return bp === NULL_TEXT || rp === NULL_TEXT ? NULL_TEXT : String(Math.fround(Number(bp) - Number(rp)));
}

/**
 * How a Gaia source table becomes stars of a release: the table's own columns under the archive's names, `bp_rp`
 * computed where it is absent. Columns that the file lacks keep what is stored.
 *
 * @param release the release the file is taken for; a `designation` that says otherwise rejects its row
 * @throws AppError BAD_INPUT where the table lacks a column that every Gaia source table has
 */
export function gaiaPlan({ columns, name: file }: FileHead, release: Release): IngestPlan {
  const index = new ColumnIndex(columns);
  index.require(REQUIRED, file, "a Gaia source table");
  const taken = takenColumns(index, file);
  const [idAt, designationAt] = [index.find("source_id"), index.find("designation")];
  const at = (name: string) => taken.findIndex((column) => column.name === name);
  const [ra, dec, bp, rp, epoch] = [at("ra"), at("dec"), at("phot_bp_mean_mag"), at("phot_rp_mean_mag"), at("ref_epoch")];
  const addsColour = at("bp_rp") === -1 && bp !== -1 && rp !== -1;
  const added = [
    ...(addsColour ? [{ name: "bp_rp", type: "real" }] : []),
    ...(epoch === -1 ? [{ name: "ref_epoch", type: "double precision" }] : []),
  ];
  const staged = [...taken, ...added];
  const defaultEpoch = String(REFERENCE_EPOCH[release]);
  return {
    columns: [{ name: "source_id", type: "bigint" }, ...staged],
    key: "source_id",
    direct: { table: "star", scope: { release } },
    encode(row) {
      const id = readSourceId(row[idAt]!);
      if (id instanceof Rejected) return id;
      const said = designationAt === -1 ? null : releaseOfDesignation(row[designationAt]!);
      if (said !== null && said !== release) return new Rejected(`designation says DR${said}, not DR${release}`);
      const cells: string[] = [];
      for (const { position, encode, name } of taken) {
        const text = encode(row[position]!, name);
        if (text instanceof Rejected) return text;
        cells.push(text);
      }
      const misplaced = readPosition(cells[ra]!, cells[dec]!);
      if (misplaced !== null) return misplaced;
      if (epoch !== -1 && cells[epoch] === NULL_TEXT) cells[epoch] = defaultEpoch;
      if (addsColour) cells.push(colour(cells[bp]!, cells[rp]!));
      if (epoch === -1) cells.push(defaultEpoch);
      return { key: id, line: `${id}\t${cells.join("\t")}` };
    },
    async merge(queries) {
      const values = { ...Object.fromEntries(staged.map(({ name }) => [name, `s.${name}`])), synthetic: "false" };
      const moved = await mergeInto(queries, { table: "star", scope: { release }, keys: ["source_id"], values });
      return { ...moved, unchanged: (await stagedCount(queries)) - moved.inserted - moved.updated };
    },
  };
}
