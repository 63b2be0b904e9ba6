import type { Catalogue } from "../catalogue/catalogue";
import type { IngestEntry } from "../catalogue/ingest/ingest-record";
import type { CatalogueLabel } from "../catalogue/labels/catalogue-label";
import { type CatalogueContents, contentsText } from "../catalogue/life/catalogue-contents";
import type { UnmatchedObject } from "../catalogue/life/unmatched";

/** All that is told of one catalogue. */
export interface ShownCatalogue {
  readonly catalogue: Catalogue;
  readonly contents: CatalogueContents;
  /** objects that are no star of the catalogue */
  readonly unmatched: number;
  readonly labels: readonly CatalogueLabel[];
  readonly ingests: readonly IngestEntry[];
  /** the first of them, where they were asked for */
  readonly unmatchedObjects?: readonly UnmatchedObject[];
}

const count = (rows: number) => rows.toLocaleString("en");

/** One line about a run of an ingest. */
export function ingestText({
  id,
  kind,
  catalogue,
  source,
  status,
  finishedAt,
  startedAt,
  inserted,
  updated,
  unmatched,
  sha256,
  error,
}: IngestEntry): string {
  const rows = `${count(inserted)} inserted, ${count(updated)} updated${unmatched ? `, ${count(unmatched)} without a source_id` : ""}`;
  const when = (finishedAt ?? startedAt).toISOString().slice(0, 19);
  const what = `${kind}${catalogue ? ` of ${catalogue}` : ""}`;
  return `#${id} ${when} ${status}  ${what}  ${source}: ${error ?? rows}${sha256 ? `, sha256 ${sha256.slice(0, 12)}` : ""}`;
}

/** One line about a catalogue. */
export function catalogueLine({ name, title, aliases, bands, synthetic }: Catalogue): string {
  const marks = [
    ...aliases.map((alias) => `alias ${alias}`),
    ...(bands.length ? [`bands ${bands.join(" ")}`] : []),
    ...(synthetic ? ["synthetic"] : []),
  ];
  return `${name}  ${title}${marks.length ? `  (${marks.join("; ")})` : ""}`;
}

const labelText = ({ name, unit, description }: CatalogueLabel) => `  ${name} [${unit ?? "-"}]${description ? ` ${description}` : ""}`;

/** What `asterism catalogues show` prints. */
export function shownText({ catalogue, contents, unmatched, labels, ingests, unmatchedObjects }: ShownCatalogue): string {
  const objects = (unmatchedObjects ?? []).map(({ objectId, ra, dec }) => `  ${objectId}${ra === null ? "" : `  ${ra} ${dec}`}`);
  return [
    catalogueLine(catalogue),
    ...(catalogue.reference ? [`reference: ${catalogue.reference}`] : []),
    `holds ${contentsText(contents)}`,
    ...(unmatched ? [`${count(unmatched)} objects have no source_id: they are kept, but joined to no star`] : []),
    ...(labels.length ? ["Labels", ...labels.map(labelText)] : []),
    ...(ingests.length ? ["Ingests", ...ingests.map((one) => `  ${ingestText(one)}`)] : []),
    ...(unmatchedObjects ? [objects.length ? "Objects without a source_id" : "Every object has a source_id", ...objects] : []),
  ].join("\n");
}
