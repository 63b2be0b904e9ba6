import { catalogues } from "../catalogue/catalogue";
import type { StarFilter } from "../catalogue/star-filter";
import { starPage } from "../catalogue/star-page";
import type { Queries } from "../database/database";
import type { Registry } from "../models/registry/registry";

/** SkyMapper covers the south and saturates on the brightest stars; these stars have all inputs measured. */
const WELL_MEASURED: StarFilter = { photGMeanMag: { min: 11 }, position: { dec: { max: 0 } }, teffGspphot: { min: 0 } };

/** An example star: a bright one with labels of the Survey of Surveys or APOGEE, otherwise the brightest. */
async function exampleStar(queries: Queries): Promise<bigint | null> {
  const names = (await catalogues(queries)).map(({ name }) => name);
  const surveys = ["sos", "apogee"].flatMap((survey) => names.find((name) => name.includes(survey)) ?? []);
  const labelled = surveys.map((survey): StarFilter => ({ surveyLabel: { survey, label: "teff" } }));
  const filters: StarFilter[] = [...labelled.map((filter) => ({ ...WELL_MEASURED, ...filter })), ...labelled, {}];
  for (const filter of filters) {
    const order = { by: "photGMeanMag", direction: "ASC" } as const;
    const { keys } = await starPage(queries, { release: 3, filter, order, after: null, first: 1 });
    if (keys[0]) return keys[0].sourceId;
  }
  return null;
}

function exampleQuery(sourceId: bigint, model: string | undefined): string {
  const prediction = model ? `\n    prediction(model: "${model}") { stored labels { parameter value uncertainty unit flags } }` : "";
  return `{
  star(sourceId: "${sourceId}") {
    sourceId synthetic ra dec photGMeanMag parallax
    surveyLabels { survey teff logg feh }${prediction}
  }
}`;
}

/** The text printed once the server is ready: its address, and a query with the id of a star in this database. */
export async function welcome(queries: Queries, registry: Registry, address: string): Promise<string> {
  const serving = `asterism is ready.\n  GraphQL   ${address}/graphql\n  GraphiQL  ${address}/   (in a browser)\n  Ctrl-C stops it.\n`;
  const sourceId = await exampleStar(queries);
  if (sourceId === null)
    return `${serving}\nThe database holds no stars yet: see \`asterism ingest --help\` and \`asterism synthesize --help\`.\n`;
  const [champion] = await registry.champions();
  const query = exampleQuery(sourceId, champion?.model);
  const body = JSON.stringify({ query: query.replace(/\s+/g, " ") });
  return `${serving}\nA query to paste into GraphiQL:\n\n${query}\n\nThe same from a shell:\n\ncurl -s ${address}/graphql -H 'content-type: application/json' -d '${body}'\n`;
}
