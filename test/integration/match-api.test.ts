import { matchCatalogue } from "../../src/catalogue/position-match/stored/match-catalogue";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { decodeTable } from "../support/decode-table";

/** Along the equator at ra = 0, an arcsecond apart; the last one moves an arcsecond a year northward. */
const IDS = [0, 1, 2].map((star) => sourceIdOf(pixelAt(star / 3600, 0), star + 1, 0));
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  await services.database.query(
    `INSERT INTO star (release, source_id, ra, dec, ref_epoch, pmra, pmdec, phot_g_mean_mag)
     SELECT 3, id, (n - 1) / 3600.0, 0, 2016, 0, CASE WHEN n = 3 THEN 1000 ELSE 0 END, n FROM unnest($1::int8[]) WITH ORDINALITY AS t (id, n)`,
    [IDS],
  );
  await services.database.script(`INSERT INTO catalogue (id, name, title, bands, epoch) VALUES (1, 'ours', 'Ours', '{g}', 2006);
    INSERT INTO catalogue_object (catalogue_id, object_id, ra, dec, position_error) VALUES (1, 'a', ${2 / 3600}, ${-9.7 / 3600}, 0.1), (1, 'b', 90, 0, NULL);
    INSERT INTO photometry (catalogue_id, object_id, mag, mag_error) VALUES (1, 'a', '{15}', '{NULL}')`);
  await matchCatalogue(services.database, "ours", { release: 3, radiusArcsec: 1, epoch: null, errorArcsec: null });
  ({ app, url, ask } = await openApi({ ...services, maxPageSize: 500 }));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const MATCH = `query ($positions: [MatchPosition!]!, $radius: Float!, $first: Int! = 1) {
  match(positions: $positions, radiusArcsec: $radius, first: $first) { matches {
    separation separationError significance rank neighbours mates bestForStar flags node { sourceId photGMeanMag } } } }`;
const text = (star: number) => IDS[star]!.toString();

test("positions are matched in their order, each at its own epoch", async () => {
  const positions = [
    { ra: 2 / 3600, dec: -9.7 / 3600, epoch: 2006, errorArcsec: 0.1 },
    { ra: 359.9999, dec: 0 },
    { ra: 180, dec: 90, epoch: 2000 },
    { ra: 0.1 / 3600, dec: 0, epoch: 2016 },
  ];
  const { data, errors } = await ask(MATCH, { positions, radius: 0.8 });
  expect(errors).toEqual([]);
  expect(data?.match).toEqual([
    {
      matches: [
        {
          separation: expect.closeTo(0.3, 7),
          separationError: 0.1,
          significance: expect.closeTo(3, 6),
          rank: 1,
          neighbours: 1,
          mates: 0,
          bestForStar: true,
          flags: [],
          node: { sourceId: text(2), photGMeanMag: 3 },
        },
      ],
    },
    { matches: [expect.objectContaining({ mates: 1, bestForStar: false, flags: ["NO_EPOCH", "SHARED"] })] },
    { matches: [] },
    { matches: [expect.objectContaining({ separationError: null, significance: null, bestForStar: true, flags: ["SHARED"] })] },
  ]);
});

test("several stars of a position come in order, as many as are wanted", async () => {
  const positions = [{ ra: 0.4 / 3600, dec: 0, epoch: 2016 }];
  const found = async (first: number) =>
    (await ask(MATCH, { positions, radius: 5, first })).data?.match?.[0]?.matches?.map(({ rank, neighbours, node }) => [
      rank,
      neighbours,
      node?.sourceId,
    ]);
  expect(await found(2)).toEqual([
    [1, 3, text(0)],
    [2, 3, text(1)],
  ]);
  expect(await found(20)).toHaveLength(3);
});

test("more positions than one statement takes are all answered", async () => {
  const positions = Array.from({ length: 250 }, (_, index) => ({ ra: (index % 3) / 3600, dec: 0, epoch: 2016 }));
  const { data } = await ask(MATCH, { positions, radius: 0.5 });
  expect(data?.match?.map(({ matches }) => matches?.[0]?.node?.sourceId)).toEqual(positions.map((_, index) => text(index % 3)));
});

const many = (count: number, epoch: number) => Array.from({ length: count }, () => ({ ra: 4, dec: 0, epoch }));

test.each([
  [
    "a position off the sky",
    { positions: [{ ra: 400, dec: 0 }], radius: 1 },
    "BAD_INPUT",
    "positions[0]: ra must be from 0 to 360 degrees",
  ],
  [
    "an error of 0",
    { positions: [{ ra: 4, dec: 0, errorArcsec: 0 }], radius: 1 },
    "BAD_INPUT",
    "positions[0]: errorArcsec must be above 0",
  ],
  ["an epoch too early", { positions: [{ ra: 4, dec: 0, epoch: 1899 }], radius: 1 }, "BAD_INPUT", "epoch must be a Julian year"],
  ["no radius", { positions: [{ ra: 4, dec: 0 }], radius: 0 }, "BAD_INPUT", "The radius must be above 0"],
  ["too many stars of a position", { positions: [{ ra: 4, dec: 0 }], radius: 1, first: 21 }, "BAD_INPUT", "`first` must be from 1 to 20"],
  ["more positions than a page has stars", { positions: many(501, 2016), radius: 1 }, "BAD_INPUT", "`positions` must be from 0 to 500"],
  ["much sky to search", { positions: many(200, 1900), radius: 1 }, "QUERY_TOO_COSTLY", "The query would cost"],
])("%s is refused", async (_title, variables, code, message) => {
  const { errors } = await ask(MATCH, variables);
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining(message) })]);
  expect(errors?.[0]?.extensions?.code).toBe(code);
});

test("a star's cross-matches tell how well objects fit, and their magnitudes are the star's", async () => {
  const { data, errors } = await ask(
    `query ($id: SourceId!) { star(sourceId: $id) { photometry { objectId mag } crossmatches { catalogue objectId method separation
       separationError significance rank neighbours mates bestForStar radius flags } } }`,
    { id: text(2) },
  );
  expect(errors).toEqual([]);
  expect(data?.star?.photometry).toEqual([{ objectId: "a", mag: 15 }]);
  expect(data?.star?.crossmatches).toEqual([
    {
      catalogue: "ours",
      objectId: "a",
      method: "position",
      separation: expect.closeTo(0.3, 4),
      separationError: expect.closeTo(0.1, 6),
      significance: expect.closeTo(3, 3),
      rank: 1,
      neighbours: 1,
      mates: 0,
      bestForStar: true,
      radius: 1,
      flags: [],
    },
  ]);
});

test("exported cross-matches tell the same", async () => {
  const response = await fetch(`${url}/export/crossmatches?format=csv`);
  expect(await decodeTable("csv", Buffer.from(await response.arrayBuffer()))).toEqual([
    expect.objectContaining({ object_id: "a", method: "position", rank: "1", neighbours: "1", mates: "0", radius: "1", flags: "0" }),
  ]);
});
