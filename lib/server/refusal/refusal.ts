import "server-only";

import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from "node:http";
import { oauthErrorBody } from "@/lib/oauth/http/oauth-response";

/** How a refusal is written for whoever calls this part of the product. */
export type BodyStyle = "oauth" | "problem" | "compatible" | "text";

/** A request that goes no further. `reason` is a public sentence of plain ASCII and repeats nothing of the request. */
export type Refusal = {
  status: number;
  reason: string;
  headers?: Record<string, string>;
  /** What people are shown in place of the reason: a page of HTML. */
  page?: string;
};

/** How long the rest of a refused body is read and dropped. */
const LINGER_MS = 1_000;
const LINGER_BYTES = 4 * 1024 * 1024;

/**
 * The refusal as the callers of this part of the product read one: RFC 6749 §5.2, RFC 9457, the one sentence of La
 * Suite Meet, or a line of text. What is refused here is about HTTP, so the problem says no more than its status (RFC
 * 9457 §4.2.1).
 */
export function renderRefusal(
  refusal: Refusal,
  style: BodyStyle,
  errorPage: string,
): { contentType: string; body: string } {
  const { status, reason } = refusal;
  switch (style) {
    case "oauth": {
      const error = status >= 500 ? "server_error" : "invalid_request";
      return json("application/json", oauthErrorBody(error, reason, errorPage));
    }
    case "problem":
      return json("application/problem+json", {
        type: "about:blank",
        title: STATUS_CODES[status] ?? "Error",
        status,
        detail: reason,
      });
    case "compatible":
      return json("application/json", { detail: reason });
    case "text":
      return refusal.page === undefined
        ? // No charset: it is ASCII, and Next's script shows a text only when its type is exactly this.
          { contentType: "text/plain", body: `${reason}\n` }
        : { contentType: "text/html; charset=utf-8", body: refusal.page };
  }
}

/**
 * Answers with the refusal and ends the connection. The answer is whole at once; what the client still sends is read and
 * dropped for a moment, because closing on unread bytes makes its network stack discard the answer. A body that never
 * ends is cut off.
 */
export function answerRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  style: BodyStyle,
  errorPage: string,
): void {
  const { contentType, body } = renderRefusal(refusal, style, errorPage);
  const headers: OutgoingHttpHeaders = {
    ...refusal.headers,
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    // RFC 6749 §5.1 asks for both at the token endpoint.
    ...(style === "oauth" ? { Pragma: "no-cache" } : {}),
    Connection: "close",
  };
  response.writeHead(refusal.status, headers);
  if (request.complete || request.destroyed) {
    response.end(body);
    return;
  }
  response.write(body);
  dropRest(request, () => response.end());
}

function dropRest(request: IncomingMessage, done: () => void): void {
  let dropped = 0;
  const finish = () => {
    clearTimeout(timer);
    request.off("end", finish).off("close", finish).off("data", count);
    done();
  };
  const count = (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > LINGER_BYTES) finish();
  };
  const timer = setTimeout(finish, LINGER_MS);
  request.on("error", () => {});
  request.on("end", finish).on("close", finish).on("data", count);
}

function json(contentType: string, body: Record<string, unknown>): { contentType: string; body: string } {
  return { contentType, body: JSON.stringify(body) };
}
