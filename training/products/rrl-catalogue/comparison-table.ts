import { AppError } from "../../../src/errors";
import { openTable } from "../../../src/formats/open-table";
import { TableColumns } from "../../datasets/table-columns";

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

/**
 * Reads a table of stars with spectroscopic metallicities, or of members of clusters.
 *
 * @param wanted the column that it must have besides the source_id
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault
 */
export async function readComparison(file: string, wanted: "feh" | "cluster"): Promise<ComparedStar[]> {
  const table = await openTable(file);
  const columns = new TableColumns(table.columns, file);
  const readId = columns.sourceIds(columns.require(COLUMNS.sourceId, "the star's source_id"));
  columns.require(COLUMNS[wanted], wanted === "feh" ? "the metallicity" : "the cluster");
  const [readFeh, readError] = [COLUMNS.feh, COLUMNS.fehError].map((names) => columns.numbers(columns.find(names), "dex")) as [
    ReturnType<TableColumns["numbers"]>,
    ReturnType<TableColumns["numbers"]>,
  ];
  const cluster = columns.find(COLUMNS.cluster);
  const stars: ComparedStar[] = [];
  for await (const batch of table.batches) {
    for (const cells of batch) {
      const row = stars.length + 1;
      stars.push({
        sourceId: readId(cells, row),
        feh: readFeh(cells, row),
        fehError: readError(cells, row),
        cluster: cluster < 0 ? "" : String(cells[cluster] ?? "").trim(),
      });
    }
    if (stars.length > MOST)
      throw new AppError("BAD_INPUT", `${file} has more than ${MOST} stars. Name a table of spectra or of cluster members.`);
  }
  return stars;
}
