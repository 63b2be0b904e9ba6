import type { Queries } from "../../database/database";
import { SURVEYS } from "../../science/synthetic-sky/surveys";
import type { SyntheticStar } from "../../science/synthetic-sky/synthetic-star";

interface PhotometricCatalogue {
  readonly name: string;
  readonly title: string;
  readonly bands: readonly string[];
  readonly magSystem: string;
  readonly epoch: number;
  /** [arcsec] typical distance of its positions from Gaia's */
  readonly positionError: number;
  measurements(star: SyntheticStar): SyntheticStar["skymapper"];
}

/** Epochs: SkyMapper's mean visit, 2MASS 1999.5, AllWISE 2010.25. */
export const PHOTOMETRIC_CATALOGUES: readonly PhotometricCatalogue[] = [
  {
    name: "synthetic-skymapper",
    title: "Synthetic SkyMapper",
    bands: ["u", "v", "g", "r", "i", "z"],
    magSystem: "AB",
    epoch: 2017,
    positionError: 0.12,
    measurements: (star) => star.skymapper,
  },
  {
    name: "synthetic-2mass",
    title: "Synthetic 2MASS",
    bands: ["J", "H", "Ks"],
    magSystem: "Vega",
    epoch: 1999.5,
    positionError: 0.1,
    measurements: (star) => star.twomass,
  },
  {
    name: "synthetic-allwise",
    title: "Synthetic AllWISE",
    bands: ["W1", "W2", "W3", "W4"],
    magSystem: "Vega",
    epoch: 2010.25,
    positionError: 0.15,
    measurements: (star) => star.allwise,
  },
];

/** Says what the rows are, wherever a catalogue is shown. */
const REFERENCE = "made by `asterism synthesize` from simple published relations; not observed";

/** Identifiers from here on: far above those that the database counts up to, so that the rows repeat to the last byte. */
const FIRST_ID = 32_000;

/** Creates the synthetic catalogues. @returns their ids by name */
export async function createCatalogues(queries: Queries): Promise<Map<string, number>> {
  const surveys = SURVEYS.map(({ name, title }) => ({ name, title, epoch: null, bands: [], magSystem: null }));
  const ids = new Map<string, number>();
  for (const { name, title, epoch, bands, magSystem } of [...PHOTOMETRIC_CATALOGUES, ...surveys]) {
    const id = FIRST_ID + ids.size;
    await queries.query(
      `INSERT INTO catalogue (id, name, title, reference, epoch, synthetic, bands, mag_system) VALUES ($1, $2, $3, $4, $5, true, $6, $7)`,
      [id, name, title, REFERENCE, epoch, bands, magSystem],
    );
    ids.set(name, id);
  }
  return ids;
}
