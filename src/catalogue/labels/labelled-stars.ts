import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import { type Catalogue, catalogueNamed } from "../catalogue";
import { type CatalogueLabel, labelsNamed } from "./catalogue-label";
import { ownColumn } from "./label-conditions";
import { type Asked, type Cut, countCuts, LABELLED_OBJECTS, type LabelledStarsRequest, labelledObjects } from "./label-cuts";

/** What a survey says of one object that is a star of the release. Several objects of one star follow each other. */
export interface LabelledObject {
  readonly sourceId: bigint;
  /** the survey's own identifier */
  readonly objectId: string;
  /** in the order of the labels asked for, in their units; null: not given */
  readonly values: readonly (number | null)[];
  readonly errors: readonly (number | null)[];
  /** the survey's own bits of each label */
  readonly labelFlags: readonly (bigint | null)[];
  /** signal to noise of the spectrum */
  readonly snr: number | null;
  /** the survey's own quality bits of the object */
  readonly flags: bigint;
}

/** Labels of a catalogue's stars. */
export interface LabelledStars {
  readonly catalogue: Catalogue;
  /** those asked for, in order, with unit and meaning */
  readonly labels: readonly CatalogueLabel[];
  /** @returns every cut in order; the first is the catalogue's objects themselves. Reads the catalogue once. */
  cuts(): Promise<Cut[]>;
  /** The objects that pass every cut, by source_id and object_id, some thousands at a time. May be read repeatedly. */
  objects(): AsyncGenerator<LabelledObject[]>;
}

/** Objects whose rows one statement reads. */
const CHUNK_OBJECTS = 5000;

/** Every so many objects' source_id: ranges between them are read one after the other, each along the index. */
async function rangeEnds(queries: Queries, { catalogue, request }: Asked): Promise<bigint[]> {
  const rows = await queries.query<{ id: bigint }>(
    `SELECT DISTINCT id FROM (SELECT source_id AS id, row_number() OVER (ORDER BY source_id) AS place, count(*) OVER () AS objects
       FROM survey_label WHERE catalogue_id = $1 AND release = $2 AND source_id IS NOT NULL) o
     WHERE place % $3 = 0 OR place = objects ORDER BY id`,
    [catalogue.id, request.release, CHUNK_OBJECTS],
  );
  return rows.map(({ id }) => id);
}

type Row = readonly [sourceId: bigint, objectId: string, snr: number | null, flags: bigint, ...parts: (number | bigint | null)[]];

function toObject([sourceId, objectId, snr, flags, ...parts]: Row): LabelledObject {
  const every = (offset: number) => parts.filter((_, index) => index % 3 === offset);
  const [values, errors, labelFlags] = [every(0), every(1), every(2)] as [(number | null)[], (number | null)[], (bigint | null)[]];
  return { sourceId, objectId, values, errors, labelFlags, snr, flags };
}

const partSql = (label: CatalogueLabel, part: "value" | "error" | "flag"): string =>
  typeof label.stored === "number" || label.stored[part] !== null ? ownColumn(label, part).sql : "NULL";

async function* readObjects(queries: Queries, asked: Asked) {
  const { parameters, own, conditions } = await labelledObjects(queries, asked);
  const columns = asked.labels.flatMap((label) => [partSql(label, "value"), partSql(label, "error"), `${partSql(label, "flag")}::int8`]);
  const between = `l.source_id > $${parameters.length + 1}::int8 AND l.source_id <= $${parameters.length + 2}::int8`;
  const sql = `SELECT ${["l.source_id", "l.object_id", "l.snr", "l.flags", ...columns].join(", ")} ${LABELLED_OBJECTS}
    WHERE ${[own, between, ...conditions.map((one) => one.sql)].join(" AND ")} ORDER BY l.source_id, l.object_id`;
  let last = 0n;
  for (const end of await rangeEnds(queries, asked)) {
    const rows = await queries.prepared<Row>("", sql, [...parameters, last, end]);
    if (rows.length > 0) yield rows.map(toObject);
    last = end;
  }
}

/**
 * Finds the labels of a catalogue's stars, as studies read them.
 *
 * @throws AppError NOT_FOUND for a catalogue or label that is not there, BAD_INPUT for a condition that cannot be meant
 */
export async function labelledStars(queries: Queries, request: LabelledStarsRequest): Promise<LabelledStars> {
  if (request.labels.length === 0) throw new AppError("BAD_INPUT", "Name at least one label, as in teff.");
  const catalogue = await catalogueNamed(queries, request.catalogue);
  const labels = await labelsNamed(queries, catalogue, request.labels);
  const asked = { catalogue, labels, request };
  // Conditions that cannot be meant are told before anything is read.
  await labelledObjects(queries, asked);
  return { catalogue, labels, cuts: () => countCuts(queries, asked), objects: () => readObjects(queries, asked) };
}
