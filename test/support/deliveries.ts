import { type IngestOutcome, ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { parseMapping } from "../../src/catalogue/ingest/mapping-file";
import { replaceDelivery } from "../../src/catalogue/ingest/replace-delivery";
import type { Database } from "../../src/database/database";
import type { temporaryFolder } from "./table-files";

/** A survey's mapping: objects with a position, a star, two labels and a band. */
export const mappingOf = (name: string, more: object = {}) =>
  parseMapping(
    {
      catalogue: { name, title: "Ours" },
      id: "id",
      gaia: { column: "gaia", release: "DR3" },
      ra: "ra",
      dec: "dec",
      labels: { teff: "teff", aLi: { value: "li", error: "e_li" } },
      photometry: { g: "g" },
      ...more,
    },
    "m.yaml",
  );
type Mapping = ReturnType<typeof mappingOf>;

const HEADER = "id,gaia,ra,dec,teff,li,e_li,g";
/** Two objects that are stars, and one that is none. */
export const FIRST = "a,1,10,20,5000,1.5,0.1,12\nb,2,11,21,5100,,,13\nc,,12,22,5200,2,,14";

/** Everything that is stored of a catalogue. */
async function storedOf(database: Database, name: string) {
  const [found] = await database.query<{ id: number }>("SELECT id FROM catalogue WHERE name = $1", [name]);
  const rows = (sql: string) => database.query(sql, [found?.id ?? null]);
  return {
    bands: await database.query("SELECT bands FROM catalogue WHERE name = $1", [name]),
    objects: await rows("SELECT object_id, ra FROM catalogue_object WHERE catalogue_id = $1 ORDER BY 1"),
    matches: await rows("SELECT object_id, source_id, method FROM crossmatch WHERE catalogue_id = $1 ORDER BY 1, 2"),
    labels: await rows("SELECT object_id, source_id, teff FROM survey_label WHERE catalogue_id = $1 ORDER BY 1"),
    values: await rows(
      "SELECT object_id, name, unit, value, error FROM survey_label_value v JOIN catalogue_label k ON k.id = label_id WHERE v.catalogue_id = $1 ORDER BY 1, 2",
    ),
    photometry: await rows("SELECT object_id, mag FROM photometry WHERE catalogue_id = $1 ORDER BY 1"),
  };
}

/** Takes deliveries of such surveys into a database, and tells what is stored. */
export function deliveries(database: () => Database, folder: ReturnType<typeof temporaryFolder>) {
  const passesOf = (mapping: Mapping, kind: string) =>
    passesOfKind(kind, 3, mapping).map((pass) => ({ ...pass, rejectsDir: folder.path, maxRejected: 1000 }));
  const write = (rows: string) => folder.write("delivery.csv", `${HEADER}\n${rows}\n`);
  return {
    async ingest(mapping: Mapping, rows: string, kind = "catalogue"): Promise<IngestOutcome[]> {
      const outcomes: IngestOutcome[] = [];
      for (const pass of passesOf(mapping, kind)) outcomes.push(await ingestFile(database(), write(rows), pass));
      return outcomes;
    },
    replace(mapping: Mapping, rows: string, kind = "catalogue"): Promise<IngestOutcome[]> {
      const file = write(rows);
      const delivery = passesOf(mapping, kind).map((options) => ({ file, options }));
      return replaceDelivery(database(), mapping.catalogue.name, delivery);
    },
    stored: (name: string) => storedOf(database(), name),
  };
}
