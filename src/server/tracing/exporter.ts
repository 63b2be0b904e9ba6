import type { Tracer } from "@opentelemetry/api";
import { VERSION } from "../../config";

export interface TracingSettings {
  /** OTLP over HTTP: spans go to `<endpoint>/v1/traces` */
  readonly endpoint: string;
  /** fraction of requests to trace, 0 to 1, unless their sender has decided */
  readonly share: number;
}

/** [ms] Neither answers nor shutdown should wait longer for the collector. */
const EXPORT_TIMEOUT_MS = 2000;

export interface Exporter {
  readonly tracer: Tracer;
  /** Sends the remaining spans; ignores a collector that does not answer. */
  close(): Promise<void>;
}

/** Loads OpenTelemetry's SDK (never loaded without tracing) and sends spans in the background. */
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
