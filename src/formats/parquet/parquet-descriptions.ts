import type { FileMetaData } from "hyparquet";
import { SaxesParser } from "saxes";
import { parse } from "yaml";
import { localName } from "../votable/list-tables";

interface Described {
  readonly unit: string | null;
  readonly description: string | null;
}

type Descriptions = ReadonlyMap<string, Described>;

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

const READERS: readonly (readonly [key: string, read: (text: string) => Descriptions])[] = [
  [VOPARQUET_KEY, ofVotable],
  ["table_meta_yaml", ofAstropy],
];

/**
 * Units and descriptions of a file's columns: those of an embedded VOTable, else those that astropy writes.
 *
 * @throws Error if a description is there and cannot be understood: its units would be lost without a word
 */
export function parquetDescriptions({ key_value_metadata: pairs = [] }: FileMetaData): Descriptions {
  for (const [key, read] of READERS) {
    const text = pairs.find((pair) => pair.key === key)?.value;
    if (text) return read(text);
  }
  return new Map();
}
