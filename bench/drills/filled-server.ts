import { STAR_COLUMNS } from "../../src/catalogue/star";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openDrillServices } from "./drill-services";

const STEP = 35_184_372_088_832n;

/** The id of the star that is asked for. */
export const STAR = STEP.toString();

/** A server on an embedded database in memory with so many invented stars. */
export async function withFilledServer<T>(stars: number, work: (url: string) => Promise<T>): Promise<T> {
  const database = await openEmbedded(null);
  await migrate(database);
  const measured = Object.values(STAR_COLUMNS).filter(
    ({ type, sql }) => type.startsWith("float") && !["ra", "dec", "ref_epoch"].includes(sql),
  );
  await database.script(`INSERT INTO star (release, source_id, ra, dec, ${measured.map(({ sql }) => sql)})
    SELECT 3, n * ${STEP}::int8, 360 * random(), 180 * random() - 90, ${measured.map(() => "20 * random()")} FROM generate_series(1, ${stars}) n;
    ANALYZE star`);
  const services = await openDrillServices(database);
  const app = await createApp({ logLevel: "silent", host: "127.0.0.1", concurrency: 32 });
  try {
    await app.serve(services);
    return await work(await listen(app, { host: "127.0.0.1", port: 0 }));
  } finally {
    await app.close();
    await services.close();
  }
}
