import { createHash } from "node:crypto";
import { catalogues } from "../../../src/catalogue/catalogue";
import type { Cut } from "../../../src/catalogue/labels/label-cuts";
import { type LabelledObject, type LabelledStars, labelledStars } from "../../../src/catalogue/labels/labelled-stars";
import type { StellarColumn, StellarRow } from "../../../src/catalogue/stellar-row";
import { stellarRowsOf } from "../../../src/catalogue/stellar-rows";
import type { Database } from "../../../src/database/database";
import { AppError } from "../../../src/errors";
import { mean } from "../../../src/science/statistics";
import type { RawColumn } from "../expressions/raw-column";
import { noStarLeft } from "./no-star-left";
import { joinRows, type Sample } from "./sample";
import type { Sky, Study } from "./study";

/** Stars whose raw columns are read by one statement. */
const CHUNK = 5000;
/** A synthetic sky's catalogues are called so: synthetic-sos stands for sos. */
const SYNTHETIC = "synthetic-";

/** One star with the mean of what the survey's objects of it say. */
interface LabelledStar {
  readonly sourceId: bigint;
  /** [labels] NaN where unknown */
  readonly values: readonly number[];
  readonly errors: readonly number[];
}

/** Several spectra of a star are averaged. */
function averaged(objects: readonly LabelledObject[]): LabelledStar {
  const { sourceId, values } = objects[0]!;
  const average = (of: (object: LabelledObject) => readonly (number | null)[]) =>
    values.map((_, label) => {
      const known = objects.map((object) => of(object)[label] ?? Number.NaN).filter((value) => !Number.isNaN(value));
      return known.length === 0 ? Number.NaN : mean(known);
    });
  return { sourceId, values: average((object) => object.values), errors: average((object) => object.errors) };
}

/** Groups what follows each other: objects come by source_id. */
async function* starsOf(labelled: LabelledStars): AsyncGenerator<LabelledStar> {
  let same: LabelledObject[] = [];
  for await (const batch of labelled.objects())
    for (const object of batch) {
      if (same[0] && same[0].sourceId !== object.sourceId) {
        yield averaged(same);
        same = [];
      }
      same.push(object);
    }
  if (same.length > 0) yield averaged(same);
}

/**
 * The catalogue that a study names, of the sky that it asks for: of a synthetic sky the one that stands for it, where there is such
 * a one, else the catalogue itself, which may hold labels of synthetic stars.
 */
async function catalogueOf(database: Database, { labels }: Study, sky: Sky): Promise<string> {
  const from = labels.from!;
  const standsFor = sky === "synthetic" && (await catalogues(database)).some(({ name }) => name === SYNTHETIC + from);
  return standsFor ? SYNTHETIC + from : from;
}

interface Found {
  readonly labelled: LabelledStars;
  readonly cuts: readonly Cut[];
  readonly synthetic: boolean;
}

/** The observed stars, or where a study does not say which and none is there, those of a synthetic sky. */
async function findLabelled(database: Database, study: Study): Promise<Found> {
  const { stars, labels } = study;
  const skies: readonly Sky[] = stars.sky === null ? ["real", "synthetic"] : [stars.sky];
  const words = Object.entries(stars.where).find(([, condition]) => typeof condition === "string");
  if (words)
    throw new AppError(
      "BAD_INPUT",
      `The catalogue's labels are numbers: stars.where.${words[0]} cannot be '${words[1]}'. Name a number or a range.`,
    );
  let refusal: unknown = null;
  for (const sky of skies) {
    const catalogue = await catalogueOf(database, study, sky);
    const filter = { ...stars.filter, synthetic: sky === "synthetic" };
    const request = {
      catalogue,
      labels: labels.names,
      release: stars.release,
      filter,
      where: stars.where as Record<string, number>,
      require: stars.require,
    };
    const found = await labelledStars(database, request).catch((error: unknown) => {
      refusal ??= error;
      return null;
    });
    if (found === null) continue;
    const cuts = await found.cuts();
    if (cuts.at(-1)!.kept > 0) return { labelled: found, cuts, synthetic: sky === "synthetic" };
    refusal ??= noStarLeft(catalogue, cuts);
  }
  throw refusal;
}

/** Of what a model learns from: ids, raw columns and labels, byte by byte. */
function hashOf({ ids, raw, quantities }: Pick<Sample, "ids" | "raw" | "quantities">): string {
  const hash = createHash("sha256").update(ids.join("\n")).update(new Uint8Array(raw.buffer));
  for (const { values } of quantities) hash.update(new Uint8Array(values.buffer));
  return hash.digest("hex");
}

/** The stars as they are gathered, chunk by chunk. */
class Gathering {
  readonly stars: LabelledStar[] = [];
  readonly raw: Float32Array[] = [];
  lacking = 0;

  constructor(
    readonly study: Study,
    readonly columns: readonly StellarColumn[],
  ) {}

  #isComplete(row: StellarRow): boolean {
    const limit = this.study.stars.atMostMissing;
    return limit === null || limit.of.filter((column) => (row[column as StellarColumn] ?? null) === null).length <= limit.most;
  }

  add(stars: readonly LabelledStar[], rows: readonly (StellarRow | null)[]): void {
    const kept = stars.flatMap((star, index) => {
      const row = rows[index];
      return row && this.#isComplete(row) ? [{ star, row }] : [];
    });
    this.lacking += stars.length - kept.length;
    this.stars.push(...kept.map(({ star }) => star));
    this.raw.push(Float32Array.from(kept.flatMap(({ row }) => this.columns.map((column) => row[column] ?? Number.NaN))));
  }
}

async function gather(database: Database, study: Study, labelled: LabelledStars, columns: readonly StellarColumn[]): Promise<Gathering> {
  const gathering = new Gathering(study, columns);
  const read = [...new Set([...columns, ...((study.stars.atMostMissing?.of ?? []) as StellarColumn[])])];
  let chunk: LabelledStar[] = [];
  const flush = async () => {
    gathering.add(
      chunk,
      await stellarRowsOf(
        database,
        study.stars.release,
        chunk.map(({ sourceId }) => sourceId),
        read,
      ),
    );
    chunk = [];
  };
  for await (const star of starsOf(labelled)) if (chunk.push(star) === CHUNK) await flush();
  if (chunk.length > 0) await flush();
  return gathering;
}

/**
 * Stars of the catalogue with labels of a survey as a study's sample, by source_id.
 *
 * @param columns raw columns to read
 * @throws AppError NOT_FOUND if there are none, BAD_INPUT for conditions that cannot be meant
 */
export async function readCatalogueSample(database: Database, study: Study, columns: readonly RawColumn[]): Promise<Sample> {
  const { labelled, cuts, synthetic } = await findLabelled(database, study);
  const { stars, raw, lacking } = await gather(
    database,
    study,
    labelled,
    columns.map(({ name }) => name as StellarColumn),
  );
  const ids = stars.map(({ sourceId }) => String(sourceId));
  const quantities = labelled.labels.map(({ name, unit }, label) => ({
    ...{ name, unit: unit ?? "-", column: name },
    values: Float64Array.from(stars, ({ values }) => values[label]!),
    errors: Float64Array.from(stars, ({ errors }) => errors[label]!),
  }));
  const joined = joinRows(raw);
  const limit = study.stars.atMostMissing;
  const complete = limit ? [{ name: `at most ${limit.most} missing of ${limit.of.join(", ")}`, kept: ids.length, lost: lacking }] : [];
  return {
    source: labelled.catalogue.name,
    path: null,
    layout: "catalogue",
    idColumn: "source_id",
    sha256: hashOf({ ids, raw: joined, quantities }),
    synthetic,
    columns,
    raw: joined,
    ids,
    starKeys: ids,
    quantities,
    classes: [],
    cuts: [...cuts, ...complete],
  };
}
