import { Random } from "../../src/science/random";
import { STARS, sourceIdOf } from "./peer-sky";

export type PeerName = "asterism" | "postgraphile" | "floor";

/** One question, as a query for each server that can answer it. */
export interface Question {
  readonly name: string;
  readonly texts: Partial<Record<PeerName, string>>;
  /** one set per request */
  variables(peer: PeerName, ask: Ask): Promise<object[]>;
}

export type Ask = (query: string, variables: object) => Promise<unknown>;

const STAR = "sourceId ra dec parallax photGMeanMag bpRp";
const LABELS = { asterism: "survey objectId teff teffError logg feh", postgraphile: "catalogue { name } objectId teff teffError logg feh" };

const POINT = {
  asterism: `query Star($id: SourceId!) { star(sourceId: $id) { ${STAR} surveyLabels { ${LABELS.asterism} } crossmatches { catalogue objectId separation method } } }`,
  postgraphile: `query Star($id: BigInt!) { star: starByReleaseAndSourceId(release: 3, sourceId: $id) { ${STAR}
    surveyLabels: surveyLabelsList { ${LABELS.postgraphile} } crossmatches: crossmatchesList { catalogue { name } objectId separation method } } }`,
};
const LIST = {
  asterism: `query Stars($after: String) { stars(first: 100, after: $after) { nodes { ${STAR} surveyLabels { ${LABELS.asterism} } } } }`,
  postgraphile: `query Stars($after: Cursor) { stars: allStars(first: 100, after: $after, condition: { release: 3 }) { nodes { ${STAR} surveyLabels: surveyLabelsList { ${LABELS.postgraphile} } } } }`,
};
const NEXT = {
  asterism: "query ($after: String) { stars(first: 100, after: $after) { pageInfo { endCursor } } }",
  postgraphile:
    "query ($after: Cursor) { stars: allStars(first: 100, after: $after, condition: { release: 3 }) { pageInfo { endCursor } } }",
};

/** Ids of the requested stars: too many for caches to help, and the same for every server. */
const IDS = 20_000;
const PAGES = 40;

async function randomIds(): Promise<object[]> {
  const random = new Random(7);
  return Array.from({ length: IDS }, () => ({ id: sourceIdOf(1 + Math.floor(random.uniform() * STARS)) }));
}

/** The first pages, by each server's own cursors. */
async function pages(peer: "asterism" | "postgraphile", ask: Ask): Promise<object[]> {
  const cursors: { after: string | null }[] = [{ after: null }];
  while (cursors.length < PAGES) {
    const { stars } = (await ask(NEXT[peer], cursors.at(-1) ?? {})) as { stars: { pageInfo: { endCursor: string } } };
    cursors.push({ after: stars.pageInfo.endCursor });
  }
  return cursors;
}

export const QUESTIONS = {
  point: { name: "a star with labels and cross-matches", texts: { ...POINT, floor: "" }, variables: randomIds },
  list: {
    name: "a list of 100 stars with labels",
    texts: LIST,
    variables: (peer, ask) => (peer === "floor" ? Promise.resolve([]) : pages(peer, ask)),
  },
} as const satisfies Record<string, Question>;

/** @returns an answer with asterism's names: PostGraphile nests a catalogue's name in the catalogue */
export function inOneNaming(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(inOneNaming);
  if (typeof answer !== "object" || answer === null) return answer;
  const { catalogue, ...rest } = answer as Record<string, unknown>;
  const named = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inOneNaming(value)]));
  if (catalogue === undefined) return named;
  const name = typeof catalogue === "string" ? catalogue : (catalogue as { name: string }).name;
  return "teff" in named ? { survey: name, ...named } : { catalogue: name, ...named };
}
