import { AppError } from "../../../src/errors";
import { openTable } from "../../../src/formats/open-table";
import type { Cell } from "../../../src/formats/table";
import { cellNumber } from "../../datasets/cell-number";

/** A star of a table that the catalogue is compared with. */
export interface ComparedStar {
  readonly sourceId: bigint;
  /** [Fe/H] [dex] and its standard error; NaN if the table has none */
  readonly feh: number;
  readonly fehError: number;
  /** cluster of which it is a member; empty if the table has none */
  readonly cluster: string;
}

/** What the columns may be called; the first that is there is taken. */
const COLUMNS = {
  sourceId: ["source_id", "gaia_dr3_source_id", "gaia_dr2_source_id", "gaia_id"],
  feh: ["feh", "feh_dex", "[Fe/H]"],
  fehError: ["feh_error", "e_feh", "feh_e"],
  cluster: ["cluster", "cluster_name"],
} as const;

/** Stars of a comparison: more are no spectra and no clusters, but the wrong file. */
const MOST = 1_000_000;

function sourceIdOf(cell: Cell | undefined, where: string): bigint {
  const text = String(cell ?? "").trim();
  if (/^\d{1,18}$|^[1-8]\d{18}$/.test(text)) return BigInt(text);
  throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is no source_id: a whole number below 2^63 is wanted.`);
}

/**
 * Reads a table of stars with spectroscopic metallicities, or of members of clusters.
 *
 * @param wanted the column that it must have besides the source_id
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault
 */
export async function readComparison(file: string, wanted: "feh" | "cluster"): Promise<ComparedStar[]> {
  const table = await openTable(file);
  const header = table.columns.map(({ name }) => name);
  const find = (names: readonly string[]) => header.findIndex((name) => names.includes(name));
  const [id, feh, fehError, cluster] = [COLUMNS.sourceId, COLUMNS.feh, COLUMNS.fehError, COLUMNS.cluster].map(find) as [
    number,
    number,
    number,
    number,
  ];
  for (const [at, names] of [
    [id, COLUMNS.sourceId],
    [{ feh, cluster }[wanted], COLUMNS[wanted]],
  ] as const)
    if (at < 0) throw new AppError("BAD_INPUT", `${file} has the columns ${header.join(", ")}: one of ${names.join(", ")} is wanted.`);
  const stars: ComparedStar[] = [];
  for await (const batch of table.batches) {
    for (const cells of batch) {
      const where = `${file}, row ${stars.length + 1}`;
      const number = (at: number) => (at < 0 ? Number.NaN : cellNumber(cells[at], () => `${where}: the column ${header[at]}`));
      stars.push({
        sourceId: sourceIdOf(cells[id], where),
        feh: number(feh),
        fehError: number(fehError),
        cluster: cluster < 0 ? "" : String(cells[cluster] ?? "").trim(),
      });
    }
    if (stars.length > MOST)
      throw new AppError("BAD_INPUT", `${file} has more than ${MOST} stars. Name a table of spectra or of cluster members.`);
  }
  return stars;
}
