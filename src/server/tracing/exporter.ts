import type { Tracer } from "@opentelemetry/api";
import { VERSION } from "../../config";

export interface TracingSettings {
  /** OTLP over HTTP: spans go to `<endpoint>/v1/traces` */
  readonly endpoint: string;
  /** of requests whose sender did not decide whether they are traced, 0 to 1 */
  readonly share: number;
}

/** An answer of ours should not wait for a collector's, nor the end of the process [ms]. */
const EXPORT_TIMEOUT_MS = 2000;

export interface Exporter {
  readonly tracer: Tracer;
  /** Sends what is left; nothing is told where the collector does not answer. */
  close(): Promise<void>;
}

/** Loads OpenTelemetry's SDK, which a server without tracing never does, and sends spans in the background. */
export async function openExporter({ endpoint, share }: TracingSettings): Promise<Exporter> {
  const { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } = await import("@opentelemetry/sdk-trace");
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const url = `${endpoint.replace(/\/$/, "")}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "asterism", "service.version": VERSION }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  return { tracer: provider.getTracer("asterism", VERSION), close: () => provider.shutdown().catch(() => undefined) };
}
