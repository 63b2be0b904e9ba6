import { AppError } from "../../errors";
import type { Release } from "../release";
import { cataloguePlan } from "./catalogue-plan";
import { distancesPlan } from "./distances-plan";
import { gaiaPlan } from "./gaia-plan";
import type { IngestOptions } from "./ingest-file";
import { labelTable } from "./label-table";
import type { Mapping } from "./mapping";
import { photometryTable } from "./photometry-table";
import { releaseOfTable } from "./release-of-table";

/** What can be taken in, and what each kind of file is. */
export const KINDS = {
  gaia: "a Gaia source table, into stars",
  distances: "Bailer-Jones distances, onto stars that are there",
  photometry: "magnitudes of another catalogue, as --mapping describes",
  labels: "stellar labels of a survey, as --mapping describes",
  catalogue: "all that --mapping describes: photometry, labels or both",
} as const;
export type Kind = keyof typeof KINDS;

/** How files of one kind are read: what the record calls it, and the plan. */
export type KindOptions = Pick<IngestOptions, "kind" | "plan" | "delimiter">;

function photometryOptions(mapping: Mapping): KindOptions {
  const { photometry, delimiter } = mapping;
  if (photometry === null) throw new AppError("BAD_INPUT", `The mapping of '${mapping.catalogue.name}' has no 'photometry'.`);
  return {
    kind: "photometry",
    delimiter,
    plan: (file, queries) => cataloguePlan(queries, file, mapping, photometryTable(photometry, file.columns)),
  };
}

function labelOptions(mapping: Mapping): KindOptions {
  const { labels, more, delimiter } = mapping;
  if (labels === null) throw new AppError("BAD_INPUT", `The mapping of '${mapping.catalogue.name}' has no 'labels'.`);
  return {
    kind: "labels",
    delimiter,
    plan: (file, queries) => cataloguePlan(queries, file, mapping, labelTable(labels, more, file.columns)),
  };
}

/**
 * The passes over a file that a kind needs: one, or for `catalogue` one for its photometry and one for its labels.
 *
 * @param release of the files' source_ids; null: what a file says, else DR3
 * @throws AppError BAD_INPUT for an unknown kind, or a mapping that is absent or lacks the kind's part
 */
export function passesOfKind(kind: string, release: Release | null, mapping: Mapping | null): KindOptions[] {
  if (!Object.hasOwn(KINDS, kind))
    throw new AppError("BAD_INPUT", `The kind must be one of ${Object.keys(KINDS).join(", ")}, not '${kind}'.`);
  if (kind === "gaia" || kind === "distances") {
    if (mapping !== null)
      throw new AppError("BAD_INPUT", `--mapping is for photometry, labels and catalogue; '${kind}' tables have columns of their own.`);
    const plan = kind === "gaia" ? gaiaPlan : distancesPlan;
    return [{ kind, plan: async (file) => plan(file, release ?? releaseOfTable(file)) }];
  }
  if (mapping === null)
    throw new AppError("BAD_INPUT", `'${kind}' needs --mapping: a file, or the name of a mapping that ships. See docs/ingest.md.`);
  if (kind === "photometry") return [photometryOptions(mapping)];
  if (kind === "labels") return [labelOptions(mapping)];
  return [...(mapping.photometry ? [photometryOptions(mapping)] : []), ...(mapping.labels ? [labelOptions(mapping)] : [])];
}
