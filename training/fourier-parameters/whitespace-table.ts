import { readFile, stat } from "node:fs/promises";
import { AppError } from "../../src/errors";

/** A table whose cells are parted by blanks, below a header line that begins with `#`. */
export interface WhitespaceTable {
  readonly columns: readonly string[];
  /** text; empty if the table has `""` */
  readonly rows: readonly (readonly string[])[];
}

/** Calibrator tables have hundreds of rows. */
const MAX_BYTES = 64 * 2 ** 20;

/** A cell that holds blanks, or nothing, stands in double quotes. */
const cellsOf = (line: string): string[] => Array.from(line.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");

/** @throws AppError NOT_FOUND, or BAD_INPUT naming the file and the line */
export async function readWhitespaceTable(file: string): Promise<WhitespaceTable> {
  const found = await stat(file).catch((cause) => {
    throw new AppError("NOT_FOUND", `There is no file ${file}.`, { cause });
  });
  if (found.size > MAX_BYTES) throw new AppError("BAD_INPUT", `${file} has more than ${MAX_BYTES} bytes: that is no table of calibrators.`);
  const [header = "", ...lines] = (await readFile(file, "utf8")).split(/\r?\n/);
  if (!header.startsWith("#"))
    throw new AppError("BAD_INPUT", `${file} begins with '${header.slice(0, 40)}': a header line is wanted, # and the columns' names.`);
  const columns = cellsOf(header.slice(1));
  const rows: string[][] = [];
  lines.forEach((line, index) => {
    const cells = cellsOf(line);
    if (cells.length === 0 || line.startsWith("#")) return;
    if (cells.length !== columns.length)
      throw new AppError(
        "BAD_INPUT",
        `${file}, line ${index + 2}: ${cells.length} cells, and the header has ${columns.length}. Mend the file.`,
      );
    rows.push(cells);
  });
  return { columns, rows };
}
