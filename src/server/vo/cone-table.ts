import { distanceArcsec, type FoundStar, searchRegion } from "../../catalogue/region/region-search";
import type { Release } from "../../catalogue/release";
import { starsByIds } from "../../catalogue/stars-by-ids";
import type { Database, Queries } from "../../database/database";
import { infoXml, VOTABLE_OPENING, type VotableCell, type VotableHead, writeVotable } from "../../formats/votable/votable-writer";
import { cone } from "../../science/sky/sky-region";
import { columnsOf, FRAME, fieldsOf } from "./cone-columns";
import type { ConeParameters } from "./cone-parameters";

/** Julian year of a release's positions. */
const EPOCHS: Readonly<Record<Release, number>> = { 2: 2015.5, 3: 2016, 4: 2017.5 };

/** Stars read and written at a time. */
const CHUNK = 1000;

/** The rows of the stars, in order; a star that was deleted after it was found is skipped. */
async function* rowsOf(
  queries: Queries,
  { release, verbosity }: ConeParameters,
  found: readonly FoundStar[],
): AsyncGenerator<VotableCell[][]> {
  const columns = columnsOf(verbosity);
  for (let start = 0; start < found.length; start += CHUNK) {
    const chunk = found.slice(start, start + CHUNK);
    const ids = chunk.map(({ sourceId }) => sourceId);
    const stars = await starsByIds(queries, release, ids);
    yield chunk.flatMap((one, index) => {
      const star = stars[index];
      return star ? [[star.sourceId.toString(), star.ra, star.dec, distanceArcsec(one) / 3600, ...columns.map((name) => star[name])]] : [];
    });
  }
}

function headOf({ release, verbosity, ra, dec, radius }: ConeParameters): VotableHead {
  return {
    name: `gaia_dr${release}`,
    description: `Gaia DR${release} sources within ${radius} degrees of ICRS ${ra} ${dec}, nearest first`,
    columns: fieldsOf(verbosity),
    infos: [{ name: "QUERY_STATUS", value: "OK" }],
    icrs: { id: FRAME, epoch: EPOCHS[release] },
  };
}

/**
 * Writes the stars of a cone as a VOTable, in pieces. The search runs before the first piece, so that its errors can still
 * become an error document. A radius of 0 or a MAXREC of 0 gives the columns without rows.
 *
 * @param gone cancels the search when the client disconnects
 * @throws AppError as `searchRegion`
 */
export async function coneTable(database: Database, parameters: ConeParameters, gone: AbortSignal): Promise<AsyncGenerator<string>> {
  const { ra, dec, radius, release, maxRecords } = parameters;
  const wanted = radius > 0 && maxRecords > 0;
  const search = { release, filter: {}, epoch: null, after: null, first: maxRecords };
  const { stars, hasNext } = wanted
    ? await database.interruptible(gone, (queries) => searchRegion(queries, { ...search, region: cone(ra, dec, radius) }))
    : { stars: [], hasNext: false };
  const closing = hasNext ? [{ name: "QUERY_STATUS", value: "OVERFLOW", text: `There are more than ${maxRecords}: see MAXREC.` }] : [];
  return writeVotable(headOf(parameters), rowsOf(database, parameters, stars), () => closing);
}

/** An error document that satisfies both Simple Cone Search 1.03 (2.3) and DALI 1.1 (4.4). */
export function errorTable(message: string): string {
  const error = infoXml([{ name: "Error", value: message }]);
  const status = infoXml([{ name: "QUERY_STATUS", value: "ERROR", text: message }]);
  return `${VOTABLE_OPENING}${error}<RESOURCE type="results">\n${status}</RESOURCE>\n</VOTABLE>\n`;
}
