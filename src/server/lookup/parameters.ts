import type { LookupRequest } from "../../catalogue/lookup/lookup";
import { parseRelease } from "../../catalogue/release";
import type { TableFormatName } from "../../formats/table-formats";
import { predictingVersion } from "../../models/predicting-version";
import type { Registry } from "../../models/registry/registry";
import { formatFrom, namesIn } from "../bulk/parameters";

/** What a look-up may be asked with, all of it text. */
export const LOOKUP_PARAMETERS = ["format", "release", "columns", "model", "column", "table", "about"] as const;
export type LookupParameters = { readonly [name in (typeof LOOKUP_PARAMETERS)[number]]?: string };

/** Names in one list: far more than there are columns. */
const MAX_NAMES = 1000;

/**
 * Understands what is asked for, over HTTP and on the command line alike.
 *
 * @throws AppError BAD_INPUT naming the parameter; NOT_FOUND or MODEL_UNAVAILABLE where a model has no such version
 */
export async function lookupRequest(
  registry: Registry,
  { format, release = "DR3", columns, model }: LookupParameters,
): Promise<{ readonly request: LookupRequest; readonly format: TableFormatName }> {
  const versions =
    model === undefined
      ? await registry.champions()
      : await Promise.all(namesIn("model", model, MAX_NAMES).map((reference) => registry.resolve(reference)));
  return {
    format: formatFrom(format),
    request: {
      release: parseRelease(release),
      versions: [...new Map(versions.map((version) => [version.id, predictingVersion(version)])).values()],
      columns: columns === undefined ? null : namesIn("columns", columns, MAX_NAMES),
    },
  };
}
