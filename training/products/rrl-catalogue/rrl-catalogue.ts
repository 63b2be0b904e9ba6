import type { Release } from "../../../src/catalogue/release";
import type { Database } from "../../../src/database/database";
import { AppError } from "../../../src/errors";
import { metallicityVersions, predictsMetallicity } from "../../../src/models/metallicity-models";
import type { Predictor } from "../../../src/models/predictor";
import type { ModelVersion, Registry } from "../../../src/models/registry/registry";
import { type BackfillSummary, backfill } from "../../backfill/backfill";
import { readComparison } from "./comparison-table";
import { estimatesOf } from "./estimates";
import type { CatalogueRequest } from "./statement";
import { type ClusterMean, clusterMeans, compareWithReference, type ReferenceComparison } from "./validate";
import { type CatalogueFile, writeCatalogue } from "./write-catalogue";

export interface RrlCatalogueOptions extends CatalogueFile {
  readonly release: Release;
  /** as a user names versions, the most trusted first; when absent all champions that predict [Fe/H] from light curves */
  readonly models?: readonly string[];
  /** table of stars with spectroscopic [Fe/H] */
  readonly reference?: string;
  /** table of members of clusters */
  readonly clusters?: string;
}

export interface RrlCatalogueReport {
  readonly file: string;
  /** stars written now */
  readonly stars: number;
  /** the versions whose estimates were taken, the most trusted first, and what was predicted now */
  readonly versions: readonly BackfillSummary[];
  readonly reference: ReferenceComparison | null;
  readonly clusters: readonly ClusterMean[] | null;
}

type OnProgress = (stage: string, done: number, total: number) => void;

/** @throws AppError BAD_INPUT if one that is named predicts something else; MODEL_UNAVAILABLE if there is none */
async function versionsOf(registry: Registry, names: readonly string[] | undefined): Promise<ModelVersion[]> {
  if (names) {
    const named = await Promise.all(names.map((name) => registry.resolve(name)));
    const other = named.find((version) => !predictsMetallicity(version));
    if (other) throw new AppError("BAD_INPUT", `${other.model}@${other.version} does not predict feh from light curves. Name others.`);
    return named;
  }
  const versions = metallicityVersions(await registry.champions());
  if (versions.length > 0) return versions;
  throw new AppError("MODEL_UNAVAILABLE", "No champion predicts feh from light curves. `asterism train rrl-xgboost` makes one.");
}

/**
 * The catalogue of RR Lyrae metallicities: every model predicts for every star with a light curve that it has not been asked about yet;
 * of each star the estimate of the most trusted model is taken that did not have to go beyond its training; the others
 * say how far apart they are. Each stage goes on where a killed run left it.
 *
 * @throws AppError BAD_INPUT, NOT_FOUND, MODEL_UNAVAILABLE, CONFLICT
 */
export async function makeRrlCatalogue(
  database: Database,
  registry: Registry,
  predictor: Predictor,
  { release, models, reference, clusters, ...file }: RrlCatalogueOptions,
  onProgress: OnProgress = () => undefined,
): Promise<RrlCatalogueReport> {
  // 1. What the catalogue is made of, and compared with.
  const versions = await versionsOf(registry, models);
  const spectra = reference === undefined ? null : await readComparison(reference, "feh");
  const members = clusters === undefined ? null : await readComparison(clusters, "cluster");

  // 2. An estimate of every model for every star.
  const summaries: BackfillSummary[] = [];
  for (const version of versions) {
    const stage = `predict ${version.model}@${version.version}`;
    const told = (done: number, total: number) => onProgress(stage, done, total);
    summaries.push(await backfill(database, predictor, version, { release, onProgress: told }));
  }

  // 3. The best of them, star by star.
  const request: CatalogueRequest = { release, versionIds: versions.map(({ id }) => id) };
  const stars = await writeCatalogue(database, request, file, (done, total) => onProgress("write", done, total));

  // 4. How good it is.
  const compared = [...(spectra ?? []), ...(members ?? [])].map(({ sourceId }) => sourceId);
  const estimates = await estimatesOf(database, request, [...new Set(compared)]);
  return {
    ...{ file: file.file, stars, versions: summaries },
    reference: spectra && compareWithReference(spectra, estimates),
    clusters: members && clusterMeans(members, estimates),
  };
}
