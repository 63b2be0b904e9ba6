import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { createApp } from "../../src/server/app";
import { listen } from "../../src/server/listen";
import { openServices } from "../support/api-services";

/** A span of OTLP's JSON, what is looked at of it. */
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: number } }[];
}

let services: Awaited<ReturnType<typeof openServices>>;
let collector: Server;
const received: Span[] = [];
beforeAll(async () => {
  services = await openServices();
  collector = createServer(async (request, response) => {
    const body = (await json(request)) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    if (request.url === "/v1/traces")
      received.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  collector.closeAllConnections();
  collector.close();
  await services.close();
});

/** Serves what the requests ask, and closes, which sends the spans. */
async function spansOf(share: number, ...requests: { query: string; traceparent?: string }[]): Promise<Span[]> {
  received.length = 0;
  const { port } = collector.address() as AddressInfo;
  const app = await createApp({ logLevel: "silent", otlpEndpoint: `http://127.0.0.1:${port}/`, traceShare: share });
  await app.serve(services);
  const url = await listen(app, { host: "127.0.0.1", port: 0 });
  await fetch(`${url}/health/ready`);
  for (const { query, traceparent } of requests) {
    const headers = { "content-type": "application/json", ...(traceparent && { traceparent }) };
    await (
      await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables: { id: "5853498713190525696" } }) })
    ).text();
  }
  await app.close();
  return [...received];
}

const STAR = "query Mine ($id: SourceId!) { star(sourceId: $id) { ra } }";
const TRACE = "0af7651916cd43dd8448eb211c80319c";

test("a request's trace goes on from its sender's, with spans of its execution, its look-up and its statement", async () => {
  const spans = await spansOf(0, { query: STAR, traceparent: `00-${TRACE}-b7ad6b7169203331-01` });
  const request = spans.find(({ name }) => name === "POST /graphql")!;
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: "b7ad6b7169203331" });
  expect(request.attributes).toEqual(
    expect.arrayContaining([
      { key: "http.response.status_code", value: { intValue: 200 } },
      { key: "asterism.operation", value: { stringValue: "star" } },
      { key: "graphql.operation.name", value: { stringValue: "Mine" } },
    ]),
  );
  const within = spans.filter((span) => span !== request);
  // Star 5853498713190525696 is in no list of stars, so that the predictions of stars on no list are looked up too.
  expect(within.map(({ name }) => name.replace(/-\d+$/, "")).sort()).toEqual([
    "execute",
    "look up star",
    "look up unlisted stars",
    "stars-by-ids",
    "unlisted-stars-of",
  ]);
  for (const span of within) {
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: request.spanId });
    expect(BigInt(span.startTimeUnixNano) >= BigInt(request.startTimeUnixNano) - 1_000_000n).toBe(true);
    expect(BigInt(span.endTimeUnixNano) <= BigInt(request.endTimeUnixNano) + 1_000_000n).toBe(true);
  }
});

test("spans hold nothing of what was asked for, and probes make none", async () => {
  const spans = await spansOf(1, { query: STAR });
  expect(spans.length).toBe(6);
  expect(JSON.stringify(spans)).not.toContain("5853498713190525696");
});

test("what its sender decides is kept to, and of the others a share is traced", async () => {
  const sampledOut = `00-${TRACE}-b7ad6b7169203331-00`;
  expect(await spansOf(1, { query: STAR, traceparent: sampledOut })).toEqual([]);
  expect(await spansOf(0, { query: STAR })).toEqual([]);
});

test("a traceparent that is none begins a trace of its own", async () => {
  const spans = await spansOf(1, { query: "{ __typename }", traceparent: "00-zz-zz-01" });
  expect(spans.find(({ name }) => name === "POST /graphql")).not.toHaveProperty("parentSpanId");
});
