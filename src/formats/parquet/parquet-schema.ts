import type { FileMetaData, SchemaElement, SchemaTree } from "hyparquet";
import type { Column, ColumnKind } from "../table";
import { parquetDescriptions } from "./parquet-descriptions";

/** A column that can be read: a value a row, or a list of numbers. */
export interface ParquetColumn extends Column {
  readonly isList: boolean;
}

function kindOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): ColumnKind | null {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL" || logical?.type === "FLOAT16") return "float";
  if (type === "DOUBLE" || type === "FLOAT") return "float";
  if (type === "BOOLEAN") return "boolean";
  if (type === "FIXED_LEN_BYTE_ARRAY" || type === "INT96") return null;
  const isTime = /DATE|TIME/.test(`${converted ?? ""} ${logical?.type ?? ""}`);
  return type === "BYTE_ARRAY" || isTime ? "text" : "integer";
}

/** The element of a list of plain values: `name { list { element } }`, or `name { array }` as older writers have it. */
function listElement({ children }: SchemaTree): SchemaElement | null {
  const [middle] = children;
  if (children.length !== 1 || middle!.element.repetition_type !== "REPEATED") return null;
  if (middle!.children.length === 0) return middle!.element;
  return middle!.children.length === 1 && middle!.children[0]!.children.length === 0 ? middle!.children[0]!.element : null;
}

/** The columns of a file that can be read; structures, maps, lists of texts and bytes cannot. */
export function parquetColumns(metadata: FileMetaData, tree: SchemaTree): ParquetColumn[] {
  const described = parquetDescriptions(metadata);
  return tree.children.flatMap((child) => {
    const isList = child.children.length > 0;
    const element = isList ? listElement(child) : child.element;
    const kind = element === null || child.element.repetition_type === "REPEATED" ? null : kindOf(element);
    if (kind === null || (isList && kind === "text")) return [];
    const { name } = child.element;
    return [{ name, kind, isList, unit: described.get(name)?.unit ?? null, description: described.get(name)?.description ?? null }];
  });
}
