import type { Mapping } from "../../../src/catalogue/ingest/mapping";
import { mappingOf } from "../../../src/catalogue/ingest/mapping-file";
import { readYaml } from "../../../src/catalogue/ingest/yaml-file";
import type { Database } from "../../../src/database/database";
import { AppError } from "../../../src/errors";
import type { Manifest } from "../../../src/models/registry/manifest";
import type { TrainingSet } from "../../datasets/training-set";
import { parseStudy } from "./parse-study";
import type { Study } from "./study";
import { readStudySample, type StudyData } from "./study-sample";

/** A study as the manifest of a version keeps it. */
export interface RegisteredStudy {
  readonly study: Study;
  /** null where it learned from the catalogue */
  readonly mapping: Mapping | null;
  /** what the mapping calls each raw column of the artifact, in their order */
  readonly sources: readonly string[];
}

/** @returns null for a version that no study made */
export function registeredStudy({ study: kept, columns = [] }: Manifest): RegisteredStudy | null {
  if (kept === undefined) return null;
  const text = kept.mapping as string | null;
  // Versions of before could do without nothing.
  const without = (kept.without ?? []) as readonly string[];
  const sources = kept.sources as Readonly<Record<string, string>>;
  return {
    study: { ...parseStudy({ text: kept.text, reader: readYaml(kept.text, "the version's study", "docs/studies.md") }, "."), without },
    mapping: text === null ? null : mappingOf(readYaml(text, "the version's mapping", "docs/ingest.md")),
    sources: columns.map(({ name }) => sources[name] ?? name),
  };
}

/**
 * Labelled stars of the catalogue, or of a table, as a version's study reads them.
 *
 * @param database null where a table is named
 * @param data where the table is; the catalogue when it names none
 * @throws AppError BAD_INPUT or NOT_FOUND as reading the study's stars does
 */
export async function readStudyLabelled(database: Database | null, manifest: Manifest, data: StudyData = {}): Promise<TrainingSet> {
  const registered = registeredStudy(manifest);
  if (registered === null)
    throw new AppError(
      "BAD_INPUT",
      `${manifest.model}@${manifest.version} was trained by ${manifest.recipe}, not by a study. Name a table with --data.`,
    );
  const { sample, before } = await readStudySample(database, registered.study, { ...data, mapping: registered.mapping });
  const wanted = manifest.columns!.map(({ name }) => name).join();
  if (sample.columns.map(({ name }) => name).join() !== wanted)
    throw new AppError(
      "MODEL_UNAVAILABLE",
      `${manifest.model}@${manifest.version} takes ${wanted}; its study now reads other columns. Train a new version.`,
    );
  const estimates = sample.quantities.map(({ name, values }) => before.get(name) ?? new Float64Array(values.length).fill(Number.NaN));
  const { quantities, columns: _, classes: __, cuts: ___, raw, ...origin } = sample;
  return {
    ...origin,
    featureSet: manifest.featureSet,
    labels: quantities.map(({ name, unit, column }) => ({ name, unit, column })),
    inputs: raw,
    references: quantities.map(({ values }) => values),
    before: before.size > 0 ? estimates : null,
  };
}
