import { NULL_TEXT } from "../../database/copy-text";
import { AppError } from "../../errors";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import type { Release } from "../release";
import { Rejected } from "./column";
import { readPosition, sourceIdReader } from "./identity";
import { mergeInto } from "./merge";
import type { FileHead, IngestPlan, StagingColumn } from "./plan";
import { REFERENCE_EPOCH, releaseOfEpoch } from "./release-of-table";
import { stagedCount } from "./staging";
import { DISTANCE_COLUMNS, GAIA_COLUMNS } from "./star-columns";
import { encodeCells, type TakenColumn, takenColumns } from "./taken-columns";

const REQUIRED = ["source_id", "ra", "dec"];

/** The columns of the file that the `star` table keeps. */
function requireSourceColumns(index: ColumnIndex, head: FileHead): TakenColumn[] {
  const file = head.name;
  index.require(REQUIRED, file, "a Gaia source table");
  const taken = takenColumns({ ...GAIA_COLUMNS, ...DISTANCE_COLUMNS }, index, head);
  if (taken.length > 2) return taken;
  throw new AppError(
    "BAD_INPUT",
    `${file} is not a Gaia source table: beside the position it has no column of one, such as parallax or phot_g_mean_mag. Found: ${index.describe()}.`,
  );
}

/** BP - RP of a row whose table lacks the colour. */
function colour(bp: string, rp: string): string {
  return bp === NULL_TEXT || rp === NULL_TEXT ? NULL_TEXT : String(Math.fround(Number(bp) - Number(rp)));
}

/** A column of `star` that the file lacks, made of the texts of those it has. */
interface Added extends StagingColumn {
  text(cells: readonly string[]): string;
}

function addedColumns(at: (name: string) => number, defaultEpoch: string): Added[] {
  const [bp, rp] = [at("phot_bp_mean_mag"), at("phot_rp_mean_mag")];
  const addsColour = at("bp_rp") === -1 && bp !== -1 && rp !== -1;
  return [
    ...(addsColour ? [{ name: "bp_rp", type: "real", text: (cells: readonly string[]) => colour(cells[bp]!, cells[rp]!) }] : []),
    ...(at("ref_epoch") === -1 ? [{ name: "ref_epoch", type: "double precision", text: () => defaultEpoch }] : []),
  ];
}

/** Reads a row's source_id. @returns why it is refused, where it is that of another release */
function idReader(head: FileHead, index: ColumnIndex, release: Release): (row: readonly Cell[]) => bigint | Rejected {
  const [readId, epochAt] = [sourceIdReader(head, index, { column: "source_id", release, isGaiaTable: true }), index.find("ref_epoch")];
  if (epochAt === -1) return readId;
  return (row) => {
    const said = releaseOfEpoch(row[epochAt]!);
    return said === null || said === release ? readId(row) : new Rejected(`ref_epoch is that of DR${said}, not of DR${release}`);
  };
}

/**
 * How a Gaia source table becomes stars of a release: the table's own columns under the archive's names, `bp_rp`
 * computed where it is absent. Columns that the file lacks keep what is stored.
 *
 * @param release the release the file is taken for; a `designation` that says otherwise rejects its row
 * @throws AppError BAD_INPUT if the table lacks a column that every Gaia source table has
 */
export function gaiaPlan(head: FileHead, release: Release): IngestPlan {
  const index = new ColumnIndex(head.columns, head.name);
  const taken = requireSourceColumns(index, head);
  const at = (name: string) => taken.findIndex((column) => column.name === name);
  const [ra, dec, epoch] = [at("ra"), at("dec"), at("ref_epoch")];
  const defaultEpoch = String(REFERENCE_EPOCH[release]);
  const added = addedColumns(at, defaultEpoch);
  const staged = [...taken, ...added];
  const readId = idReader(head, index, release);
  return {
    columns: [{ name: "source_id", type: "bigint" }, ...staged],
    key: "source_id",
    direct: { table: "star", scope: { release } },
    encode(row) {
      const id = readId(row);
      if (id instanceof Rejected) return id;
      const cells = encodeCells(row, taken);
      if (cells instanceof Rejected) return cells;
      const misplaced = readPosition(cells[ra]!, cells[dec]!);
      if (misplaced !== null) return misplaced;
      if (epoch !== -1 && cells[epoch] === NULL_TEXT) cells[epoch] = defaultEpoch;
      for (const { text } of added) cells.push(text(cells));
      return { key: id, line: `${id}\t${cells.join("\t")}` };
    },
    async merge(queries) {
      const values = { ...Object.fromEntries(staged.map(({ name }) => [name, `s.${name}`])), synthetic: "false" };
      const moved = await mergeInto(queries, { table: "star", scope: { release }, keys: ["source_id"], values });
      return { ...moved, unchanged: (await stagedCount(queries)) - moved.inserted - moved.updated };
    },
  };
}
