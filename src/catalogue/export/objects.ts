import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import type { CopyForm } from "../../formats/output-table";
import type { TableFormatName } from "../../formats/table-formats";
import type { Origin } from "../bulk/about";
import { column, surveyLabels } from "../bulk/columns";
import { tablePieces } from "../bulk/pieces";
import { literal, type SelectedColumn, selectList } from "../bulk/select";
import { type Catalogue, catalogueNamed } from "../catalogue";
import { labelsOfCatalogue } from "../labels/catalogue-label";
import { UNMATCHED } from "../life/unmatched";
import { aboutExport } from "./about-export";
import type { Export, ExportRequest } from "./export-request";
import { type ExportedLabel, exportedLabel } from "./label-columns";

/** Objects whose rows one statement reads. */
const CHUNK_OBJECTS = 10_000;

/** Text as SQL that no character of it can break out of: COPY takes no parameters. */
const textLiteral = (text: string) => `convert_from(decode('${Buffer.from(text).toString("hex")}', 'hex'), 'UTF8')`;

const OBJECT = [
  column("object_id", "o.object_id", "string", "the object's identifier in its own catalogue", null, "meta.id;meta.main"),
  column("ra", "o.ra", "float64", "right ascension, ICRS", "deg", "pos.eq.ra;meta.main"),
  column("dec", "o.dec", "float64", "declination, ICRS", "deg", "pos.eq.dec;meta.main"),
  column("release", "m.release", "int16", "Gaia data release that source_id belongs to", null, "meta.version"),
  column("source_id", "m.source_id", "int64", "the star that the object is; null: none is known", null, "meta.id"),
];

/** Magnitudes of the catalogue's own bands. */
function bandColumns({ bands, magSystem }: Catalogue): SelectedColumn[] {
  return bands.flatMap((band, index) => {
    const name = `mag_${band.replaceAll(/[^A-Za-z0-9]+/g, "_")}`;
    return [
      column(name, `p.mag[${index + 1}]`, "float32", `magnitude in ${band}${magSystem ? ` (${magSystem})` : ""}`, "mag", "phot.mag"),
      column(`${name}_error`, `p.mag_error[${index + 1}]`, "float32", `standard error of ${name}`, "mag", "stat.error;phot.mag"),
    ];
  });
}

/** The labels that the catalogue gives, and its bits. */
async function labelColumns(queries: Queries, { id }: Catalogue): Promise<readonly SelectedColumn[]> {
  const given = await labelsOfCatalogue(queries, id);
  if (given.length === 0) return [];
  const further: ExportedLabel[] = [];
  for (const { name, stored } of given) if (typeof stored === "number") further.push(await exportedLabel(queries, name, id));
  const flags = column("flags", "d.flags", "int64", "the survey's own quality bits", null, "meta.code.qual");
  return [...surveyLabels("d"), ...further.flatMap(({ columns }) => columns), flags];
}

const JOINS = `LEFT JOIN survey_label d ON d.catalogue_id = o.catalogue_id AND d.object_id = o.object_id
  LEFT JOIN photometry p ON p.catalogue_id = o.catalogue_id AND p.object_id = o.object_id
  LEFT JOIN LATERAL (SELECT release, source_id FROM crossmatch m WHERE m.catalogue_id = o.catalogue_id AND m.object_id = o.object_id
    ORDER BY m.separation NULLS FIRST, m.release, m.source_id LIMIT 1) m ON true`;

/** The identifier that ends the next chunk behind one; null if there is none. */
async function chunkEnd(queries: Queries, catalogueId: number, condition: string, after: string | null): Promise<string | null> {
  const [row] = await queries.query<{ end: string | null }>(
    `SELECT max(object_id) AS "end" FROM (SELECT o.object_id FROM catalogue_object o
     WHERE o.catalogue_id = $1 AND ($2::text IS NULL OR o.object_id > $2::text) AND ${condition} ORDER BY o.object_id LIMIT ${CHUNK_OBJECTS}) next`,
    [catalogueId, after],
  );
  return row!.end;
}

/**
 * Opens an export of a catalogue's objects, those that no star is known for among them or alone: a row an object, by its
 * identifier, with what the catalogue says of it.
 *
 * @throws AppError BAD_INPUT where no catalogue is named or the stars' conditions are, NOT_FOUND if there is none of its name
 */
export async function openObjects(
  database: Database,
  request: ExportRequest,
  format: TableFormatName,
  origin: Origin,
  signal?: AbortSignal,
): Promise<Export> {
  const { catalogue: name, unmatched, filter, labels, after } = request;
  if (name === null) throw new AppError("BAD_INPUT", "The export of objects is of one catalogue: name it with 'survey'.");
  if (Object.keys(filter).length > 0 || after !== null || labels)
    throw new AppError(
      "BAD_INPUT",
      "The export of objects takes 'survey' and 'unmatched' alone: 'filter', 'after' and 'labels' are of stars.",
    );
  const catalogue = await catalogueNamed(database, name);
  const columns = [...OBJECT, ...(await labelColumns(database, catalogue)), ...bandColumns(catalogue)];
  const about = await aboutExport(database, request, catalogue.id, origin);
  const condition = unmatched ? UNMATCHED : "true";
  const own = `o.catalogue_id = ${literal(catalogue.id)} AND ${condition}`;
  const chunks = async function* (form: CopyForm) {
    for (let last: string | null = null; ; ) {
      const end: string | null = await chunkEnd(database, catalogue.id, condition, last);
      if (end === null) return;
      const behind = last === null ? "" : `AND o.object_id > ${textLiteral(last)}`;
      const sql = `SELECT ${selectList(columns, form)} FROM catalogue_object o ${JOINS}
        WHERE ${own} ${behind} AND o.object_id <= ${textLiteral(end)} ORDER BY o.object_id`;
      yield { copied: await database.bulkCopy(sql, form, signal), last: null };
      last = end;
    }
  };
  return {
    head: { columns, about },
    pieces: tablePieces({ columns, about, chunks }, format, null),
    chunkStars: CHUNK_OBJECTS,
    async countStars() {
      const [row] = await database.bulkRows<[bigint]>(`SELECT count(*) FROM catalogue_object o WHERE ${own}`, signal);
      return Number(row![0]);
    },
  };
}
