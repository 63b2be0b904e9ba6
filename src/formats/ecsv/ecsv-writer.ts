import { type CellFrame, transcoder } from "../copy/copy-text";
import { csvLine } from "../csv/csv-line";
import { jsonList } from "../ndjson-writer";
import { aboutTexts, NOTHING_ABOUT, type OutputColumn, type TableAbout } from "../output-table";

/** A cell that readers of the format would cut, trim, skip or take for null stands in quotes. */
const quoted = (text: string) => (/^$|^[#\s]|\s$|[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const TEXTS: Partial<Record<OutputColumn["type"], (text: string) => string>> = {
  string: quoted,
  // astropy knows no other spelling of truth values.
  boolean: (text) => (text === "true" ? "True" : "False"),
};

function frame({ type, length }: OutputColumn, index: number): CellFrame {
  const open = index === 0 ? "" : ",";
  return {
    open,
    close: "",
    empty: open,
    text: length === undefined ? (TEXTS[type] ?? null) : (text) => `"${jsonList(text)}"`,
    words: false,
  };
}

/** JSON's texts are texts in double quotes to YAML. */
const yaml = (name: string, value: string | null | undefined) => (value ? [`${name}: ${JSON.stringify(value)}`] : []);

function columnYaml({ name, type, unit, ucd, length, description }: OutputColumn): string {
  const parts = [
    ...yaml("name", name),
    ...yaml("unit", unit),
    ...(length === undefined ? [`datatype: ${type === "boolean" ? "bool" : type}`] : ["datatype: string", `subtype: '${type}[${length}]'`]),
    ...yaml("description", description),
    ...(ucd ? [`meta: {${yaml("ucd", ucd).join("")}}`] : []),
  ];
  return `- {${parts.join(", ")}}`;
}

function header(columns: readonly OutputColumn[], about: TableAbout): string {
  const texts = [...aboutTexts(about)].flatMap(([name, value]) => yaml(name, value)).map((text) => `- {${text}}`);
  const meta = texts.length > 0 ? ["meta: !!omap", ...texts] : [];
  const lines = ["%ECSV 1.0", "---", "delimiter: ','", "datatype:", ...columns.map(columnYaml), ...meta, "schema: astropy-2.0"];
  return lines.map((line) => `# ${line}\n`).join("");
}

/**
 * CSV behind comment lines with units, UCDs, descriptions and what the file says of itself (Enhanced CSV 1.0, astropy APE 6):
 * `astropy.table.Table.read` and TOPCAT read them, `pandas.read_csv(..., comment="#")` skips them.
 */
export async function* writeEcsv(
  columns: readonly OutputColumn[],
  copied: AsyncIterable<Buffer>,
  about: TableAbout = NOTHING_ABOUT,
): AsyncGenerator<Uint8Array> {
  const transcode = transcoder(columns.map(frame), { open: "", close: "\n" });
  yield Buffer.from(header(columns, about) + csvLine(columns.map(({ name }) => name)));
  for await (const bytes of copied) yield transcode(bytes);
}
