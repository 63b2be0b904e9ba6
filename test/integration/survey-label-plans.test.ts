import type { SurveyLabelFilter } from "../../src/catalogue/star-filter";
import { starPage } from "../../src/catalogue/star-page";
import type { Database, Parameter } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

/** Plans of what was asked, the indexes among them. */
let plans: string[] = [];
let database: Database;
let explained: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  const explain = async (sql: string, parameters: readonly Parameter[]) => {
    const rows = await database.query<{ "QUERY PLAN": string }>(`EXPLAIN ${sql}`, parameters);
    plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
  };
  explained = {
    ...database,
    async prepared(name, sql, parameters) {
      await explain(sql, parameters);
      return database.prepared(name, sql, parameters);
    },
  };
  // A label from 0 to 10,000 beside one a thousand times as large: of all values together the first one's largest are the least.
  await database.script(`
    INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag) SELECT 3, id, 1, 1, 10 + id % 1000 / 100.0 FROM generate_series(1, 10000) id;
    INSERT INTO catalogue (id, name, title, bands) VALUES (7, 'ours', 'Ours', '{}');
    INSERT INTO catalogue_label (id, catalogue_id, name, unit) VALUES (1, 7, 'aLi', 'dex'), (2, 7, 'chi2', NULL);
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, logg) SELECT 7, id, 3, id, id, id FROM generate_series(1, 10000) id;
    INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value)
      SELECT 7, id, k, 3, id, CASE k WHEN 1 THEN id ELSE id * 1000 END FROM generate_series(1, 10000) id, generate_series(1, 2) k;
    ANALYZE`);
});
afterAll(() => database.close());
beforeEach(() => {
  plans = [];
});

async function page(filter: Partial<SurveyLabelFilter>): Promise<{ ids: bigint[]; plans: string[] }> {
  const surveyLabel = { survey: "ours", ...filter };
  const order = { by: "sourceId", direction: "ASC" } as const;
  const { keys } = await starPage(explained, { release: 3, filter: { surveyLabel }, order, after: null, first: 3 });
  return { ids: keys.map(({ sourceId }) => sourceId), plans };
}

test.each<[string, Partial<SurveyLabelFilter>, string, bigint[]]>([
  ["a label with a column of its own", { label: "teff", min: 9900 }, "survey_label_teff", [9900n, 9901n, 9902n]],
  ["another of them", { label: "logg", max: 50 }, "survey_label_logg", [1n, 2n, 3n]],
  ["a label of the list", { label: "aLi", min: 9990 }, "survey_label_value_value", [9990n, 9991n, 9992n]],
  ["a label of the survey's own", { ownLabel: "chi2", min: 9_999_000 }, "survey_label_value_value", [9999n, 10_000n]],
])("rare values of %s are found by the index of its values, and then the stars by theirs", async (_name, filter, index, found) => {
  const { ids, plans: asked } = await page(filter);
  expect(ids).toEqual(found);
  expect(asked[0]).toContain(index);
  expect(asked[1]).toMatch(/Index (?:Only )?Scan using star_dr3_pkey/);
  expect(asked[1]).not.toContain("survey_label");
});

test.each<[string, Partial<SurveyLabelFilter>, string]>([
  ["a label with a column of its own", { label: "teff", min: 100 }, "survey_label_star"],
  ["a label of the survey's own", { ownLabel: "chi2", min: 100_000 }, "survey_label_value_star"],
])("common values of %s are looked up star by star", async (_name, filter, index) => {
  const { ids, plans: asked } = await page(filter);
  expect(ids).toEqual([100n, 101n, 102n]);
  expect(asked[1]).toContain(index);
});
