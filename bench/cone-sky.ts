import type { Database } from "../src/database/database";
import { Random } from "../src/science/random";
import { angles, direction, RADIANS, type Vector } from "../src/science/sky/coordinates";
import { pixelAt, sourceIdOf } from "../src/science/sky/healpix";

/** [deg] Centre of the searched area: at ra = 0, so that searches cross it. */
export const CENTRE = { raDeg: 0, decDeg: 20 } as const;
const PATCH_RADIUS_DEG = 7.5;
/** 3,400 per square degree, as in Gaia at high Galactic latitudes. */
const PATCH_STARS = 600_000;
const OTHER_STARS = 200_000;

/** Uniform on the sphere, or within the searched area. */
function place(random: Random, inPatch: boolean): { raDeg: number; decDeg: number } {
  const middle = direction(CENTRE.raDeg, CENTRE.decDeg);
  const cosine = inPatch ? random.between(Math.cos(PATCH_RADIUS_DEG * RADIANS), 1) : random.between(-1, 1);
  const [sine, bearing] = [Math.sqrt(1 - cosine ** 2), 2 * Math.PI * random.uniform()];
  const [east, north]: [Vector, Vector] = [
    [-Math.sin(CENTRE.raDeg * RADIANS), Math.cos(CENTRE.raDeg * RADIANS), 0],
    direction(CENTRE.raDeg + 180, 90 - CENTRE.decDeg),
  ];
  const along = (axis: 0 | 1 | 2) => cosine * middle[axis] + sine * (Math.cos(bearing) * east[axis] + Math.sin(bearing) * north[axis]);
  const { longitudeDeg, latitudeDeg } = angles([along(0), along(1), along(2)]);
  return { raDeg: longitudeDeg % 360, decDeg: latitudeDeg };
}

/** Fills the table `star` in the order of source_id, like Gaia's files. */
export async function fillSky(database: Database): Promise<void> {
  const random = new Random(3);
  const stars = Array.from({ length: PATCH_STARS + OTHER_STARS }, (_, index) => {
    const { raDeg, decDeg } = place(random, index < PATCH_STARS);
    return { sourceId: sourceIdOf(pixelAt(raDeg, decDeg), index, 0), raDeg, decDeg, mag: 8 + 13 * random.uniform() ** 0.4 };
  }).sort((a, b) => (a.sourceId < b.sourceId ? -1 : 1));
  const lines = async function* () {
    for (let start = 0; start < stars.length; start += 10_000) {
      const chunk = stars.slice(start, start + 10_000);
      yield Buffer.from(chunk.map((star) => `3\t${star.sourceId}\t${star.raDeg}\t${star.decDeg}\t${star.mag.toFixed(4)}\n`).join(""));
    }
  };
  await database.copyIn("star (release, source_id, ra, dec, phot_g_mean_mag)", lines());
}
