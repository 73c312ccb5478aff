import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type CollectedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 2 is SERVER, 3 is CLIENT. */
  kind: number;
  status: number;
  attributes: Record<string, unknown>;
  startedAt: bigint;
  endedAt: bigint;
};

type Attribute = { key: string; value: Record<string, unknown> };
type Received = {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Record<string, string> & { kind: number; status: { code: number }; attributes: Attribute[] })[];
    }[];
  }[];
};

/** An OpenTelemetry collector that keeps what it is sent by OTLP over HTTP as JSON, and answers with `status`. */
export async function startTraceCollector({ status = 200 } = {}) {
  const received: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const parsed = () => received.flatMap(({ body }) => (JSON.parse(body) as Received).resourceSpans);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    received,
    resources: () => parsed().map(({ resource }) => toRecord(resource.attributes)),
    spans: () => parsed().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans.map(toSpan))),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function toSpan(span: Received["resourceSpans"][number]["scopeSpans"][number]["spans"][number]): CollectedSpan {
  const { traceId = "", spanId = "", parentSpanId, name = "", kind, status, attributes } = span;
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind,
    status: status.code,
    attributes: toRecord(attributes),
    startedAt: BigInt(span.startTimeUnixNano ?? 0),
    endedAt: BigInt(span.endTimeUnixNano ?? 0),
  };
}

function toRecord(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
