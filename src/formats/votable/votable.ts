import { AppError } from "../../errors";
import type { FileBytes } from "../bytes";
import type { Cell, TableStream } from "../table";
import { decodeText } from "../text";
import { VotableParser } from "./votable-parser";

type Batch = readonly (readonly Cell[])[];

/**
 * Opens the first table with data of a VOTable 1.x document, serialised as TABLEDATA, BINARY or BINARY2 (inline base64).
 * Document type declarations and custom entities are refused, and nothing external is fetched.
 *
 * @throws AppError BAD_INPUT for malformed or truncated XML, for unsupported types, and for a service's error message in the
 *   form of a VOTable
 */
export async function openVotable(bytes: FileBytes): Promise<TableStream> {
  const parser = new VotableParser(bytes.name);
  const texts = decodeText(bytes.chunks, bytes.name);
  const batches: Batch[] = [];
  for (;;) {
    const next = await texts.next();
    if (next.done) parser.end();
    else parser.push(next.value);
    batches.push(parser.takeRows());
    if (parser.fields !== null) break;
    if (next.done) throw new AppError("BAD_INPUT", `${bytes.name} is a VOTable without a table that has data.`);
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
  const columns = parser.fields.map(({ name, unit, description }) => ({ name, unit, description }));
  return { format: "votable", columns, batches: rest() };
}
