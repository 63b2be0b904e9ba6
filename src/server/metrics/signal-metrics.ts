import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { batchInferred, cacheUsed, lookedUp, statementAnswered } from "../../telemetry/signals";
import { boundedLabel } from "./bounded-label";
import { BATCH_SIZES, LATENCY_SECONDS } from "./buckets";

type Unsubscribe = () => void;

/** Variants of a statement, which end in a number or a hash, share one time series. */
const family = (name: string) => name.replace(/-(\d+|[0-9a-f]{40})$/, "");

function statements(registry: Registry): Unsubscribe {
  const label = boundedLabel(50);
  const seconds = new Histogram({
    name: "asterism_database_statement_duration_seconds",
    help: "Time of a database statement, the wait for a connection included.",
    labelNames: ["statement"],
    buckets: LATENCY_SECONDS,
    registers: [registry],
  });
  const failures = new Counter({
    name: "asterism_database_failures_total",
    help: "Database statements that failed.",
    registers: [registry],
  });
  return statementAnswered.hear(({ name, milliseconds, failed }) => {
    seconds.observe({ statement: label(family(name)) }, milliseconds / 1000);
    if (failed) failures.inc();
  });
}

function lookups(registry: Registry): Unsubscribe {
  const label = boundedLabel(50);
  const seconds = new Histogram({
    name: "asterism_lookup_duration_seconds",
    help: "Time in which one group of resolvers (star, photometry, list, ...) was given what it reads.",
    labelNames: ["group"],
    buckets: LATENCY_SECONDS,
    registers: [registry],
  });
  const keys = new Histogram({
    name: "asterism_lookup_batch_stars",
    help: "Stars that one read of a group of resolvers asks for, over all requests that it serves.",
    labelNames: ["group"],
    buckets: BATCH_SIZES,
    registers: [registry],
  });
  const loads = new Histogram({
    name: "asterism_lookup_batch_requests",
    help: "Requests that one read of a group of resolvers serves at once.",
    labelNames: ["group"],
    buckets: BATCH_SIZES,
    registers: [registry],
  });
  const waiting = new Gauge({
    name: "asterism_lookup_waiting_requests",
    help: "Requests that were left waiting for the next read when the last one of the group began.",
    labelNames: ["group"],
    registers: [registry],
  });
  return lookedUp.hear((lookup) => {
    const group = label(lookup.group);
    seconds.observe({ group }, lookup.milliseconds / 1000);
    keys.observe({ group }, lookup.keys);
    loads.observe({ group }, lookup.loads);
    waiting.set({ group }, lookup.waiting);
  });
}

function inference(registry: Registry): Unsubscribe {
  const label = boundedLabel(100);
  const seconds = new Histogram({
    name: "asterism_inference_batch_duration_seconds",
    help: "Time of one inference batch, the worker's queue included.",
    labelNames: ["model"],
    buckets: LATENCY_SECONDS,
    registers: [registry],
  });
  const stars = new Histogram({
    name: "asterism_inference_batch_stars",
    help: "Stars of one inference batch; the rate of its sum is stars a second.",
    labelNames: ["model"],
    buckets: BATCH_SIZES,
    registers: [registry],
  });
  return batchInferred.hear((batch) => {
    const model = label(batch.model);
    seconds.observe({ model }, batch.milliseconds / 1000);
    if (!batch.failed) stars.observe({ model }, batch.stars);
  });
}

function caches(registry: Registry): Unsubscribe {
  const uses = new Counter({
    name: "asterism_cache_requests_total",
    help: "Look-ups in the caches of parsed documents, compiled queries and persisted queries.",
    labelNames: ["cache", "result"],
    registers: [registry],
  });
  return cacheUsed.hear(({ cache, hit }) => uses.inc({ cache, result: hit ? "hit" : "miss" }));
}

/** Turns the signals of database, loaders, models and caches into metrics. @returns a function that stops it */
export function signalMetrics(registry: Registry): Unsubscribe {
  const ends = [statements, lookups, inference, caches].map((measure) => measure(registry));
  return () => {
    for (const end of ends) end();
  };
}
