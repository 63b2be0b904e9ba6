import type { Services } from "../../src/graphql/services";
import { type App, createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId?: string };
}

/** Data of whatever shape the query asked for. */
export type Data = { readonly [field: string]: Data } & { readonly [index: number]: Data } & Pick<Data[], "map" | "length">;

export interface Answer {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly GraphqlError[];
}

export type Ask = (query: string, variables?: object) => Promise<Answer>;

/** The whole server on a free port of this machine, and a way to ask it. */
export async function openApi(services: Services): Promise<{ app: App; url: string; ask: Ask }> {
  const app = await createApp({ logLevel: "silent" });
  await app.serve(services);
  const url = await listen(app, { host: "127.0.0.1", port: 0 });
  const ask: Ask = async (query, variables = {}) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const { data = null, errors = [] } = (await response.json()) as { data?: Data | null; errors?: GraphqlError[] };
    return { status: response.status, data, errors };
  };
  return { app, url, ask };
}
