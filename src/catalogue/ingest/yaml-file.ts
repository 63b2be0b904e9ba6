import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { AppError } from "../../errors";
import { MappingReader } from "./mapping-reader";

/** A mapping or study is a page of text; anything larger is another file. */
const MAX_BYTES = 1 << 20;

/** A YAML file that a user wrote. */
export interface YamlFile {
  readonly text: string;
  /** at the file's root */
  readonly reader: MappingReader;
}

/** What stands at a path: the key, as a value may begin on a later line; of a list's item, or of the whole file, the value. */
function nodeAt(document: Document, keys: readonly string[]): unknown {
  const above = keys.length > 0 ? document.getIn(keys.slice(0, -1), true) : null;
  if (!isMap(above)) return document.getIn(keys, true);
  return above.items.find(({ key }) => isScalar(key) && String(key.value) === keys.at(-1))?.key;
}

/** @returns the line of what stands at a path, or of the deepest place above it that is there */
function lineOf(document: Document, lines: LineCounter, keys: readonly string[]): number | null {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = nodeAt(document, keys.slice(0, depth));
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

/**
 * Reads a YAML text that a user wrote.
 *
 * @param file its name, for messages
 * @param page the documentation's page about such files: docs/ingest.md
 * @throws AppError BAD_INPUT naming the line
 */
export function readYaml(text: string, file: string, page: string): MappingReader {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault) throw new AppError("BAD_INPUT", `${file} is not YAML: ${fault.message}`, { cause: fault });
  const place = (keys: readonly string[]) => lineOf(document, lines, keys);
  try {
    return new MappingReader(document.toJS({ maxAliasCount: 0 }), [], { file, page, lineOf: place });
  } catch (cause) {
    throw new AppError("BAD_INPUT", `${file}: ${(cause as Error).message}. Write values out instead of using anchors.`, { cause });
  }
}

/** Reads a YAML file that a user wrote. @throws AppError NOT_FOUND, or BAD_INPUT naming the file and line */
export function readYamlFile(file: string, page: string): YamlFile {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new AppError("NOT_FOUND", `There is no file ${file}.`);
  if (found.size > MAX_BYTES) throw new AppError("BAD_INPUT", `${file} is larger than 1 MiB, and no file that ${page} describes is.`);
  const text = readFileSync(file, "utf8");
  return { text, reader: readYaml(text, path.basename(file), page) };
}
