import { aboutFile, ingestNotes, modelNotes, type Origin, UNEXPLAINED, withNotes } from "../../../src/catalogue/bulk/about";
import { openPartial } from "../../../src/catalogue/bulk/partial-file";
import { tablePieces } from "../../../src/catalogue/bulk/pieces";
import { literal } from "../../../src/catalogue/bulk/select";
import { writePieces } from "../../../src/catalogue/bulk/write-pieces";
import { lastSourceId } from "../../../src/catalogue/export/copy-tail";
import { provenance } from "../../../src/catalogue/ingest/ingest-record";
import type { Database } from "../../../src/database/database";
import { AppError } from "../../../src/errors";
import type { CopyForm, TableAbout } from "../../../src/formats/output-table";
import { TABLE_FORMATS, type TableFormatName } from "../../../src/formats/table-formats";
import { CATALOGUE_COLUMNS, type CatalogueRequest, catalogueStatement, countStatement, type Which } from "./statement";

/** Stars whose rows one statement reads. */
const CHUNK = 10_000;

export interface CatalogueFile {
  readonly file: string;
  readonly format: TableFormatName;
  /** go on with what the last run left; of formats that are lines */
  readonly resume?: boolean | undefined;
  /** is told what happens to an unfinished file of an earlier run */
  readonly onNote?: (note: string) => void;
  /** what the file says of itself */
  readonly origin?: Origin;
}

const behind =
  (after: bigint | null): Which =>
  (sourceId) =>
    after === null ? "true" : `${sourceId} > ${literal(after)}`;

async function* chunks(database: Database, request: CatalogueRequest, after: bigint | null, form: CopyForm) {
  for (let last = after; ; ) {
    const copied = await database.bulkCopy(catalogueStatement(request, CATALOGUE_COLUMNS, form, behind(last), CHUNK), form);
    last = lastSourceId(copied, form);
    if (last === null) return;
    yield { copied, last };
  }
}

/** What the file says of itself: the versions whose estimates are in it, and where the light curves came from. */
async function aboutCatalogue(database: Database, { release, versionIds }: CatalogueRequest, origin: Origin): Promise<TableAbout> {
  const models = await Promise.all(versionIds.map((id) => modelNotes(database, id)));
  const ingested = ingestNotes(await provenance(database, { catalogues: null, kinds: ["gaia", "stars", "light-curves", "synthetic"] }));
  return withNotes(aboutFile(`metallicities of the RR Lyrae stars of Gaia DR${release}`, release, origin), [...models.flat(), ...ingested]);
}

/**
 * Writes a row for every RR Lyrae of a release, by source_id. The file appears whole or not at all; killed, lines leave
 * FILE.partial, which `resume` goes on with.
 *
 * @returns stars that were written now
 * @throws AppError BAD_INPUT, CONFLICT as openPartial does; NOT_FOUND if there is no RR Lyrae
 */
export async function writeCatalogue(
  database: Database,
  request: CatalogueRequest,
  { file, format, resume, onNote, origin = UNEXPLAINED }: CatalogueFile,
  onProgress?: (done: number, total: number) => void,
): Promise<number> {
  const { appendable } = TABLE_FORMATS[format];
  const fingerprint = appendable ? JSON.stringify({ rrl: request, format }) : null;
  const partial = await openPartial(file, { fingerprint, resume, onNote });
  try {
    const after = partial.resumedAfter;
    const [row] = await database.bulkRows<[bigint]>(countStatement(request, behind(after)));
    const stars = Number(row![0]);
    if (stars === 0 && after === null)
      throw new AppError("NOT_FOUND", `DR${request.release} holds no RR Lyrae. \`asterism ingest light-curves\` brings light curves in.`);
    let done = 0;
    const table = {
      columns: CATALOGUE_COLUMNS,
      about: await aboutCatalogue(database, request, origin),
      chunks: (form: CopyForm) => chunks(database, request, after, form),
    };
    await writePieces(tablePieces(table, format, after), partial, () => {
      done = Math.min(stars, done + CHUNK);
      onProgress?.(done, stars);
    });
    await partial.finish();
    return stars;
  } catch (error) {
    await partial.abandon();
    throw error;
  }
}
