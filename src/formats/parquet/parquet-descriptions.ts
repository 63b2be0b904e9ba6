import { MessageReader } from "apache-arrow";
import type { FileMetaData } from "hyparquet";
import { SaxesParser } from "saxes";
import { parse } from "yaml";
import { localName } from "../votable/list-tables";

interface Described {
  readonly unit: string | null;
  readonly description: string | null;
}

type Descriptions = ReadonlyMap<string, Described>;

/** Key of the schema that Arrow's writers add (pyarrow, pandas, DuckDB, Rust): a message of Arrow's own format, in base64. */
const ARROW_KEY = "ARROW:schema";

/** Key of the VOTable without rows that describes the columns (IVOA note VOParquet 1.0). */
export const VOPARQUET_KEY = "IVOA.VOTable-Parquet.content";

const orNull = (text: unknown): string | null => (typeof text === "string" && text !== "" ? text : null);

function ofVotable(xml: string): Descriptions {
  const found = new Map<string, Described>();
  let [field, text] = ["", ""];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    text = "";
    if (localName(name) !== "FIELD") return;
    field = String(attributes.name ?? "");
    found.set(field, { unit: orNull(attributes.unit), description: null });
  });
  parser.on("text", (piece) => {
    text += piece;
  });
  parser.on("closetag", ({ name }) => {
    if (localName(name) === "DESCRIPTION" && found.has(field)) found.set(field, { ...found.get(field)!, description: orNull(text.trim()) });
    if (localName(name) === "FIELD") field = "";
  });
  parser.write(xml).close();
  return found;
}

/** astropy's own key: the header of an ECSV file. */
function ofAstropy(yaml: string): Descriptions {
  const section = yaml.split(/^(?=\w+:)/m).find((part) => part.startsWith("datatype:")) ?? "datatype: []";
  const { datatype = [] } = parse(section, { maxAliasCount: 0 }) as {
    datatype?: { name?: unknown; unit?: unknown; description?: unknown }[];
  };
  return new Map(datatype.map(({ name, unit, description }) => [String(name), { unit: orNull(unit), description: orNull(description) }]));
}

const UNIT_KEYS = ["unit", "units", "tunit"];
const DESCRIPTION_KEYS = ["description", "desc", "comment", "tcomm"];

/** Units that programs keep beside each field of an Arrow table. */
function ofArrow(base64: string): Descriptions {
  const bytes = Buffer.from(base64, "base64");
  // Most files state none, and need no reading.
  if (!/unit|desc|comm/i.test(bytes.toString("latin1"))) return new Map();
  const fields = new MessageReader(bytes).readSchema()?.fields ?? [];
  const first = (given: ReadonlyMap<string, string>, keys: readonly string[]) =>
    orNull([...given].find(([key]) => keys.includes(key.toLowerCase()))?.[1]);
  const described = (given: ReadonlyMap<string, string>): Described => ({
    unit: first(given, UNIT_KEYS),
    description: first(given, DESCRIPTION_KEYS),
  });
  return new Map(fields.map(({ name, metadata }) => [name, described(metadata)]));
}

const READERS: readonly (readonly [key: string, read: (text: string) => Descriptions])[] = [
  [VOPARQUET_KEY, ofVotable],
  ["table_meta_yaml", ofAstropy],
  [ARROW_KEY, ofArrow],
];

/**
 * Units and descriptions of a file's columns: those of an embedded VOTable, else those that astropy writes, else those of
 * Arrow's fields; column by column.
 *
 * @throws Error if a description is there and cannot be understood: its units would be lost without a word
 */
export function parquetDescriptions({ key_value_metadata: pairs = [] }: FileMetaData): Descriptions {
  const all = new Map<string, Described>();
  for (const [key, read] of READERS) {
    const text = pairs.find((pair) => pair.key === key)?.value;
    for (const [column, { unit, description }] of text ? read(text) : []) {
      const known = all.get(column);
      all.set(column, { unit: known?.unit ?? unit, description: known?.description ?? description });
    }
  }
  return all;
}
