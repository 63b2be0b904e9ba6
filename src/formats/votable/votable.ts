import { AppError } from "../../errors";
import { chooseTable, refuseTableName } from "../choose-table";
import type { Cell, TableStream } from "../table";
import type { TableSource } from "../table-source";
import { decodeText } from "../text";
import { listVotables } from "./list-tables";
import { kindOf } from "./votable-field";
import { VotableParser } from "./votable-parser";

type Batch = readonly (readonly Cell[])[];

/** @returns which of the tables with data is read, from 0 */
async function tableOf(source: TableSource, table: string | undefined): Promise<number> {
  const tables = await listVotables(() => source.scan());
  if (tables !== null && tables.length > 0) return chooseTable(tables, table, source.name);
  refuseTableName(table, source.name);
  return 0;
}

/**
 * Opens the one table with rows of a VOTable 1.x document, or the one that is named, serialised as TABLEDATA, BINARY or BINARY2
 * (inline base64). Document type declarations and custom entities are refused, and nothing external is fetched.
 *
 * @throws AppError BAD_INPUT for malformed or truncated XML, for unsupported types, and where the service reports, before the
 *   rows or after them, that it failed or cut the result off
 */
export async function openVotable(
  source: TableSource,
  { table, acceptOverflow }: { readonly table?: string | undefined; readonly acceptOverflow?: boolean | undefined } = {},
): Promise<TableStream> {
  const parser = new VotableParser(source.name, { table: await tableOf(source, table), acceptOverflow });
  const texts = decodeText((await source.read()).chunks, source.name);
  const batches: Batch[] = [];
  for (;;) {
    const next = await texts.next();
    if (next.done) parser.end();
    else parser.push(next.value);
    batches.push(parser.takeRows());
    if (parser.fields !== null) break;
    if (next.done) throw new AppError("BAD_INPUT", `${source.name} is a VOTable without a table that has data.`);
  }
  const rest = async function* (): AsyncGenerator<Batch> {
    yield* batches;
    for await (const text of texts) {
      parser.push(text);
      yield parser.takeRows();
    }
    parser.end();
    yield parser.takeRows();
  };
  const columns = parser.fields.map((field) => ({
    name: field.name,
    unit: field.unit,
    description: field.description,
    kind: kindOf(field),
  }));
  return { format: "votable", columns, batches: rest() };
}
