import { type Attributes, type Context, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import type { Timing } from "../../telemetry/signal";
import { batchInferred, lookedUp, operationExecuted, statementAnswered } from "../../telemetry/signals";

/** [ms] since 1970, from a value of `performance.now()` */
const wallClock = (sinceStart: number) => performance.timeOrigin + sinceStart;

/**
 * Turns the signals of database, loaders and models into spans, after the fact: signals carry their start time. Work outside
 * traced requests, such as a probe's statement, gets no span; work shared by several requests belongs to the one that started it.
 *
 * @param active returns the trace context of the request that is being processed
 * @returns a function that stops it
 */
export function signalSpans(tracer: Tracer, active: () => Context | undefined): () => void {
  const record = (name: string, { startedAt, milliseconds, failed }: Timing, kind: SpanKind, attributes: Attributes) => {
    const context = active();
    if (!context || !trace.getSpan(context)?.isRecording()) return;
    const span = tracer.startSpan(name, { kind, attributes, startTime: wallClock(startedAt) }, context);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(wallClock(startedAt + milliseconds));
  };
  const ends = [
    operationExecuted.hear((one) => record("execute", one, SpanKind.INTERNAL, { "graphql.operation.type": "query" })),
    statementAnswered.hear((one) =>
      record(one.name, one, SpanKind.CLIENT, { "db.system.name": "postgresql", "db.query.summary": one.name }),
    ),
    lookedUp.hear((one) => record(`look up ${one.group}`, one, SpanKind.INTERNAL, { "asterism.stars": one.keys })),
    batchInferred.hear((one) => record("inference", one, SpanKind.INTERNAL, { "asterism.model": one.model, "asterism.stars": one.stars })),
  ];
  return () => {
    for (const end of ends) end();
  };
}
