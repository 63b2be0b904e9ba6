import { check, fail } from "k6";
import http, { type RefinedResponse } from "k6/http";
import { Counter, Rate, Trend } from "k6/metrics";

const URL = (__ENV.ASTERISM_URL ?? "http://127.0.0.1:4000").replace(/\/$/, "");
if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(URL))
  fail(`Load is for loopback alone: ASTERISM_URL must be like http://127.0.0.1:4000, not ${URL}`);

/** [ms] of what the server did answer: a refusal is quick, and would flatter the percentiles */
const acceptedDuration = new Trend("accepted_duration", true);
/** told 503 or OVERLOADED: an honest answer of a server under too much load */
const refused = new Rate("refused");
/** anything else but data */
const failed = new Rate("failed");
/** refusals that lack Retry-After: a client cannot know when to come again */
const refusedWithoutAdvice = new Counter("refused_without_retry_after");

/**
 * Of so many answers one is parsed and looked into; in a smoke test each is. All are held to their status and to having no
 * errors. What k6 spends on reading, a server on the same machine lacks.
 */
const READ_ONE_IN = (__ENV.PROFILE ?? "smoke") === "smoke" ? 1 : 20;

type Answer = RefinedResponse<"text">;

/** A request's body up to its variables. */
export type Operation = string & { readonly operation: unique symbol };

/** Prepares a query: what is the same in every request is turned into JSON once. */
export const operation = (query: string): Operation => `{"query":${JSON.stringify(query)},"variables":` as Operation;

/** @param variables as JSON, or to be turned into JSON */
function post(prepared: Operation, variables: string | object): Answer {
  const text = typeof variables === "string" ? variables : JSON.stringify(variables);
  const headers = { "content-type": "application/json" };
  return http.post(`${URL}/graphql`, `${prepared}${text}}`, { headers, responseType: "text", tags: { name: "graphql" } });
}

const holds = ({ body }: Answer, text: string): boolean => typeof body === "string" && body.includes(text);

/** Counts an answer as accepted, refused or failed; returns whether it is to be looked into. */
function judge(answer: Answer, kind: string): boolean {
  const isRefused = answer.status === 503 || holds(answer, '"OVERLOADED"');
  const isFailed = !isRefused && (answer.status !== 200 || holds(answer, '"errors":['));
  refused.add(isRefused);
  failed.add(isFailed);
  if (isRefused && !answer.headers["Retry-After"]) refusedWithoutAdvice.add(1);
  if (isFailed) console.error(`${kind}: ${answer.status} ${answer.error} ${String(answer.body).slice(0, 300)}`);
  if (isRefused || isFailed) return false;
  acceptedDuration.add(answer.timings.duration, { kind });
  return true;
}

/** One GraphQL request before the load begins, which no figure counts. */
export function lookUp<Data>(query: string, variables: object = {}): Data {
  const answer = post(operation(query), variables);
  if (answer.status !== 200 || holds(answer, '"errors":[')) fail(`${URL} answered ${answer.status} ${String(answer.body).slice(0, 300)}`);
  return (answer.json() as unknown as { data: Data }).data;
}

/**
 * One GraphQL request of the load.
 *
 * @param kind what is asked, for figures by kind
 * @param variables as JSON, or to be turned into JSON
 * @returns its data; null where the server refused or failed, which is counted, and where the answer is not one of those that are read
 */
export function ask<Data>(kind: string, prepared: Operation, variables: string | object): Data | null {
  const answer = post(prepared, variables);
  return judge(answer, kind) && __ITER % READ_ONE_IN === 0 ? (answer.json() as unknown as { data: Data }).data : null;
}

/** One download of the load, as text; null where the server refused or failed. */
export function download(kind: string, path: string): string | null {
  const answer = http.get(`${URL}${path}`, { responseType: "text", headers: { "accept-encoding": "gzip" }, tags: { name: "export" } });
  return judge(answer, kind) ? answer.body : null;
}

/** Holds an answer to what it must be; one that never came is judged elsewhere. */
export function expect<Data>(data: Data | null, expectations: Record<string, (data: Data) => boolean>): void {
  if (data !== null) check(data, expectations);
}
