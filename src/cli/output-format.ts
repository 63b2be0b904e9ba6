import path from "node:path";
import { AppError } from "../errors";
import { formatOfFile, type TableFormatName } from "../formats/table-formats";

/**
 * @returns the format for a table file to write; CSV if its name has no ending
 * @throws AppError BAD_INPUT if the ending belongs to no format, so that no CSV file is called `.fits` or `.csv.gz`
 */
export function outputFormat(file: string): TableFormatName {
  const format = formatOfFile(file);
  if (format) return format;
  const ending = path.extname(file);
  if (ending === "") return "csv";
  throw new AppError(
    "BAD_INPUT",
    `${file}: no format has the ending '${ending}'. Use .csv, .ecsv, .ndjson, .vot, .parquet or .arrows, or state the format by --format.`,
  );
}

/** Refuses a name that promises another format, or a compressed file, where CSV is written. @throws AppError BAD_INPUT */
export function requireCsvName(file: string): void {
  const ending = path.extname(file);
  if ((formatOfFile(file) ?? "csv") === "csv" && ending !== ".gz" && ending !== ".fits") return;
  throw new AppError("BAD_INPUT", `${file} would hold CSV, which its ending '${ending}' does not say. Name a .csv file.`);
}
