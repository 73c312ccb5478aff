import "server-only";

import { randomUUID } from "node:crypto";
import type { Context, Span as OtelSpan } from "@opentelemetry/api";
import type { ExportResult } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { TracingSettings } from "@/lib/env/services/read-tracing-settings";
import type { Span } from "@/lib/http/request-context";
import { log } from "@/lib/observability/logger";
import { VERSION } from "@/lib/version";
import { setTracing } from "./tracing";

/** Milliseconds that the last spans may take to be sent when the process ends. */
const LAST_SPANS_MS = 2_000;
/** Milliseconds that sending may take: spans that wait longer than that are told of as not sent. */
const SEND_MS = 10_000;

/**
 * Sends spans of the requests of this process to an OpenTelemetry collector, by OTLP over HTTP as JSON, every five seconds
 * or 512 at a time. Two thousand wait at most, and what finds no place is left out: no request waits for any. `close` sends
 * what is left.
 *
 * The packages are loaded here and nowhere else. Nothing is registered for others, so that the spans are ours alone.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/
 */
export async function startTracing(settings: TracingSettings): Promise<{ close(): Promise<void> }> {
  const [api, { W3CTraceContextPropagator }, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] =
    await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/core"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/sdk-trace"),
    ]);
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
  const url = `${settings.endpoint}/v1/traces`;
  const exporter = tellOfFailures(new OTLPTraceExporter({ url, headers: settings.headers, timeoutMillis: SEND_MS }));
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      "service.name": settings.serviceName,
      "service.version": VERSION,
      "service.instance.id": randomUUID(),
    }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(settings.share) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("vestibule", VERSION);
  const propagator = new W3CTraceContextPropagator();
  const getter = {
    keys: (carrier: object) => Object.keys(carrier),
    get: (carrier: Record<string, string | undefined>, name: string) => carrier[name],
  };

  function wrap(span: OtelSpan, isRequest: boolean): Span {
    const { traceId, spanId } = span.spanContext();
    const within: Context = trace.setSpan(ROOT_CONTEXT, span);
    return {
      traceId,
      spanId,
      get takesParts() {
        return isRequest && span.isRecording();
      },
      startChild: (name, attributes) =>
        wrap(tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, within), false),
      rename: (name) => void span.updateName(name),
      set: (facts) => void span.setAttributes(facts),
      end(error) {
        if (error !== undefined) span.setAttribute("error.type", error).setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  setTracing({
    startRequest(name, attributes, caller) {
      const parent = caller === undefined ? ROOT_CONTEXT : propagator.extract(ROOT_CONTEXT, caller, getter);
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
      return span.isRecording() ? wrap(span, true) : undefined;
    },
  });
  return {
    async close() {
      setTracing(undefined);
      const timeout = new Promise<void>((resolve) => setTimeout(resolve, LAST_SPANS_MS).unref());
      // What is not taken has been told of.
      await Promise.race([provider.shutdown().catch(() => {}), timeout]);
    },
  };
}

/** Says once that spans do not arrive, until some have arrived again. */
function tellOfFailures(exporter: SpanExporter): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result: ExportResult) => {
        const { error: err } = result;
        if (err !== undefined && !isFailing)
          log.warn({ event: "traces_not_sent", spans: spans.length, err }, "The collector did not take the traces");
        isFailing = err !== undefined;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
