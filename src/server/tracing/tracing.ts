import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, defaultTextMapGetter, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openExporter, type TracingSettings } from "./exporter";
import { signalSpans } from "./signal-spans";

declare module "fastify" {
  interface FastifyRequest {
    /** with the request's span; null if it is not traced. Not in a WeakMap, for the reason that the guard's places are not. */
    traceContext: Context | null;
  }
}

/** Completes a request's span with what is known at its end. */
function end(span: Span, request: FastifyRequest, reply: FastifyReply): void {
  const { kind, name } = request.operation;
  const route = request.routeOptions.url;
  if (route) span.setAttribute("http.route", route);
  if (kind) span.setAttribute("asterism.operation", kind);
  if (name) span.setAttribute("graphql.operation.name", name.slice(0, 80));
  span.setAttribute("http.response.status_code", reply.statusCode);
  if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/**
 * Sends spans of requests and of the work done for them to an OpenTelemetry collector. A request's `traceparent` header is
 * honoured (W3C Trace Context): its trace continues here, and its sender decides whether it is recorded.
 */
export async function addTracing(http: FastifyInstance, settings: TracingSettings): Promise<void> {
  const exporter = await openExporter(settings);
  const propagator = new W3CTraceContextPropagator();
  const active = new AsyncLocalStorage<Context>();
  const ignore = signalSpans(exporter.tracer, () => active.getStore());

  http.decorateRequest("traceContext", null);
  http.addHook("onRequest", async (request) => {
    if (request.routeOptions.config.role === "watch") return;
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const options = { kind: SpanKind.SERVER, attributes: { "http.request.method": request.method, "asterism.request_id": request.id } };
    const span = exporter.tracer.startSpan(`${request.method} ${request.routeOptions.url ?? ""}`.trim(), options, parent);
    request.traceContext = trace.setSpan(parent, span);
    request.log = request.log.child({ traceId: span.spanContext().traceId });
  });
  // Bodies are read in the socket's async context, so enter the request's context after that.
  http.addHook("preHandler", (request, _reply, next) => {
    const context = request.traceContext;
    if (context) active.run(context, next);
    else next();
  });
  http.addHook("onResponse", async (request, reply) => {
    const context = request.traceContext;
    if (context) end(trace.getSpan(context)!, request, reply);
  });
  http.addHook("onClose", async () => {
    ignore();
    await exporter.close();
  });
}
