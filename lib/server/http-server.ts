import "server-only";

import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";

const SECOND = 1_000;

/**
 * Makes the HTTP server: what Node.js bounds while a request comes in, and answers to what never becomes a request.
 * `handler` gets requests that wait for `100 Continue` too and decides before they send their body.
 */
export function createHttpServer(handler: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10 * SECOND,
      requestTimeout: 30 * SECOND,
      // Longer than the proxies in front usually keep theirs: the side that sends requests should close first.
      keepAliveTimeout: 75 * SECOND,
      connectionsCheckingInterval: SECOND,
    },
    handler,
  );
  // Header fields are counted in the gate, which refuses; this limit would drop the rest without a word.
  server.maxHeadersCount = 0;
  server.on("checkContinue", handler);
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => refuseOnSocket(socket, METHOD_NOT_ALLOWED));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else refuseOnSocket(socket, CLIENT_ERRORS[error.code ?? ""] ?? BAD_REQUEST);
  });
  return server;
}

type RawAnswer = { status: string; reason: string; headers?: string[] };

const BAD_REQUEST: RawAnswer = { status: "400 Bad Request", reason: "The request is not valid HTTP." };
const METHOD_NOT_ALLOWED: RawAnswer = {
  status: "405 Method Not Allowed",
  reason: "The method is not allowed here.",
  headers: ["Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
};
const CLIENT_ERRORS: Readonly<Record<string, RawAnswer>> = {
  HPE_INVALID_METHOD: METHOD_NOT_ALLOWED,
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    reason: "The header fields are too large.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: "408 Request Timeout", reason: "The request took too long to arrive." },
};

/** There is no request to answer, only a connection that speaks something else. Nothing of what it said is repeated. */
function refuseOnSocket(socket: Duplex, { status, reason, headers = [] }: RawAnswer): void {
  const body = `${reason}\n`;
  const head = [
    `HTTP/1.1 ${status}`,
    ...headers,
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    "Connection: close",
  ];
  // A peer that keeps its half of the connection open must not keep the socket.
  socket.once("finish", () => socket.destroy());
  socket.on("error", () => {});
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
