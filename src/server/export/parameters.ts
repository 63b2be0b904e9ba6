import type { ExportRequest } from "../../catalogue/export/export-request";
import { EXPORT_NAMES } from "../../catalogue/export/tables";
import { parseRelease } from "../../catalogue/release";
import { parseStarFilter } from "../../catalogue/star-filter-json";
import { AppError } from "../../errors";
import type { TableFormatName } from "../../formats/table-formats";
import { meantFilter } from "../../models/meant-filter";
import { predictingVersion } from "../../models/predicting-version";
import type { Registry } from "../../models/registry/registry";
import { readSourceId } from "../../science/source-id";
import { formatFrom, isTrue, namesIn } from "../bulk/parameters";

function tableNamed(what: string): ExportRequest["what"] {
  const names = [...EXPORT_NAMES, "objects"] as const;
  const found = names.find((name) => name === what);
  if (found) return found;
  throw new AppError("NOT_FOUND", `What is exported must be one of ${names.join(", ")}, not '${what.slice(0, 40)}'.`);
}

function sourceIdFrom(text: string): bigint {
  const id = readSourceId(text);
  if (typeof id === "bigint") return id;
  throw new AppError("BAD_INPUT", `after must be a source_id. ${id.of(text)}.`);
}

/** Labels in one export: more than any survey publishes. */
const MAX_LABELS = 100;

/** What an export may be asked with, all of it text. */
export const EXPORT_PARAMETERS = [
  "format",
  "release",
  "filter",
  "after",
  "survey",
  "labels",
  "unmatched",
  "model",
  "probabilities",
  "about",
] as const;
export type ExportParameters = { readonly [name in (typeof EXPORT_PARAMETERS)[number]]?: string };

/**
 * Understands what is asked for, over HTTP and on the command line alike.
 *
 * @param what as in stars
 * @throws AppError BAD_INPUT naming the parameter; NOT_FOUND if the table or the model is unknown
 */
export async function exportRequest(
  registry: Registry,
  what: string,
  { format, release = "DR3", filter, after, survey, labels, unmatched, model, probabilities }: ExportParameters,
): Promise<{ readonly request: ExportRequest; readonly format: TableFormatName }> {
  return {
    format: formatFrom(format),
    request: {
      what: tableNamed(what),
      release: parseRelease(release),
      filter: filter === undefined ? {} : await meantFilter((reference) => registry.resolve(reference), parseStarFilter(filter)),
      after: after === undefined ? null : sourceIdFrom(after),
      catalogue: survey ?? null,
      labels: labels === undefined ? null : namesIn("labels", labels, MAX_LABELS),
      unmatched: isTrue("unmatched", unmatched),
      version: model === undefined ? null : predictingVersion(await registry.resolve(model)),
      probabilities: isTrue("probabilities", probabilities),
    },
  };
}
