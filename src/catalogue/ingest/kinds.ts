import { AppError } from "../../errors";
import type { Release } from "../release";
import { cataloguePlan } from "./catalogue-plan";
import { distancesPlan } from "./distances-plan";
import { gaiaPlan } from "./gaia-plan";
import type { IngestOptions } from "./ingest-file";
import { labelTable } from "./label-table";
import { curvesOfEpochPhotometry, curvesOfMapping } from "./light-curves/curve-files";
import type { Mapping } from "./mapping";
import { photometryTable } from "./photometry-table";
import { releaseOfTable } from "./release-of-table";
import { starsPlan } from "./stars-plan";
import { variabilityPlan } from "./variability-plan";

/** What can be taken in, and what each kind of file is. */
export const KINDS = {
  gaia: "stars, from a Gaia source table",
  distances: "Bailer-Jones distances of stars that are already there",
  photometry: "magnitudes of another catalogue, described by --mapping",
  labels: "stellar labels of a survey, described by --mapping",
  stars: "stars that no Gaia table has brought, from another table, described by --mapping",
  variability: "periods and light-curve parameters, described by --mapping",
  catalogue: "all of these that --mapping describes",
  "light-curves": "Gaia's epoch photometry, or measurements described by --mapping",
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
    plan: (file, queries) => cataloguePlan(queries, file, mapping, photometryTable(photometry, file)),
  };
}

function labelOptions(mapping: Mapping): KindOptions {
  const { labels, delimiter } = mapping;
  if (labels === null) throw new AppError("BAD_INPUT", `The mapping of '${mapping.catalogue.name}' has no 'labels'.`);
  return {
    kind: "labels",
    delimiter,
    plan: (file, queries) => cataloguePlan(queries, file, mapping, labelTable(labels, file)),
  };
}

const has = (mapping: Mapping, part: "stars" | "variability" | "lightCurves"): void => {
  if (mapping[part] === null) throw new AppError("BAD_INPUT", `The mapping of '${mapping.catalogue.name}' has no '${part}'.`);
};

function starOptions(mapping: Mapping): KindOptions {
  has(mapping, "stars");
  return { kind: "stars", delimiter: mapping.delimiter, plan: async (file) => starsPlan(file, mapping) };
}

function variabilityOptions(mapping: Mapping): KindOptions {
  has(mapping, "variability");
  return { kind: "variability", delimiter: mapping.delimiter, plan: (file, queries) => variabilityPlan(queries, file, mapping) };
}

function lightCurveOptions(release: Release | null, mapping: Mapping | null): KindOptions {
  const kind = "light-curves";
  if (mapping === null) return { kind, plan: (file, queries) => curvesOfEpochPhotometry(queries, file, release ?? releaseOfTable(file)) };
  has(mapping, "lightCurves");
  return { kind, delimiter: mapping.delimiter, plan: (file, queries) => curvesOfMapping(queries, file, mapping) };
}

/** All that a mapping describes of a table of stars; its light curves are in a table of their own. */
const catalogueOptions = (mapping: Mapping): KindOptions[] => [
  ...(mapping.stars ? [starOptions(mapping)] : []),
  ...(mapping.photometry ? [photometryOptions(mapping)] : []),
  ...(mapping.labels ? [labelOptions(mapping)] : []),
  ...(mapping.variability ? [variabilityOptions(mapping)] : []),
];

const BY_MAPPING: Readonly<Record<string, (mapping: Mapping) => KindOptions[]>> = {
  photometry: (mapping) => [photometryOptions(mapping)],
  labels: (mapping) => [labelOptions(mapping)],
  stars: (mapping) => [starOptions(mapping)],
  variability: (mapping) => [variabilityOptions(mapping)],
  catalogue: catalogueOptions,
};

/**
 * The passes over a file that a kind needs: one, or for `catalogue` one for each of a mapping's parts.
 *
 * @param release of the files' source_ids; null: what a file says, else DR3
 * @throws AppError BAD_INPUT for an unknown kind, or a mapping that is absent or lacks the kind's part
 */
export function passesOfKind(kind: string, release: Release | null, mapping: Mapping | null): KindOptions[] {
  if (!Object.hasOwn(KINDS, kind))
    throw new AppError("BAD_INPUT", `The kind must be one of ${Object.keys(KINDS).join(", ")}, not '${kind}'.`);
  if (kind === "light-curves") return [lightCurveOptions(release, mapping)];
  if (kind === "gaia" || kind === "distances") {
    if (mapping !== null)
      throw new AppError("BAD_INPUT", `--mapping is for tables of other catalogues; '${kind}' tables have columns of their own.`);
    const plan = kind === "gaia" ? gaiaPlan : distancesPlan;
    return [{ kind, plan: async (file) => plan(file, release ?? releaseOfTable(file)) }];
  }
  if (mapping === null)
    throw new AppError("BAD_INPUT", `'${kind}' needs --mapping: a file, or the name of a mapping that ships. See docs/ingest.md.`);
  return BY_MAPPING[kind]!(mapping);
}
