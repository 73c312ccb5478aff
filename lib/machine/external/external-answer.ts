import "server-only";

import { matchesWeakly, readEntityTagCondition } from "@/lib/http/entity-tag";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";

// By name, not by class: what one bundle makes another one may have to recognise.
const ANSWER = Symbol.for("vestibule.external-answer");

/** A successful answer before it is one: what a stored one is made of, too. */
export type ExternalAnswer = {
  readonly [ANSWER]: true;
  status: number;
  /** The JSON text; empty for an answer without a body. */
  text: string;
  /** Header fields beside those that every answer has. */
  fields: Readonly<Record<string, string>>;
};

/** Makes an answer of a body that is to be sent as JSON; undefined sends none. */
export function jsonAnswer(
  body: unknown,
  { status = 200, fields = {} }: { status?: number; fields?: Record<string, string> } = {},
): ExternalAnswer {
  return textAnswer({ status, text: body === undefined ? "" : JSON.stringify(body), fields });
}

/** Makes an answer of one that was kept: the very text. */
export function textAnswer(answer: Omit<ExternalAnswer, typeof ANSWER>): ExternalAnswer {
  return { [ANSWER]: true, ...answer };
}

/** What a handler returned, as an answer: anything that is none yet is the JSON body of a 200. */
export function asAnswer(result: unknown): ExternalAnswer {
  return isAnswer(result) ? result : jsonAnswer(result);
}

function isAnswer(result: unknown): result is ExternalAnswer {
  return typeof result === "object" && result !== null && ANSWER in result;
}

/**
 * Puts an answer on the wire. A reader that says with `If-None-Match` that it has these bytes already gets 304 and none
 * of them (RFC 9110 §13.1.2).
 */
export function toExternalResponse(
  request: EndpointRequest,
  { status, text, fields }: ExternalAnswer,
): EndpointResponse {
  if (isKnown(request, fields.ETag)) {
    return { status: 304, headers: { "Cache-Control": "no-store", ...fields }, body: null };
  }
  const type: Record<string, string> =
    text === "" ? {} : { "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" };
  return {
    status,
    headers: { ...type, "Cache-Control": "no-store", ...fields },
    body: text === "" ? null : text,
  };
}

function isKnown(request: EndpointRequest, tag: string | undefined): boolean {
  if (tag === undefined || !["GET", "HEAD"].includes(request.method)) return false;
  const condition = readEntityTagCondition(request, "If-None-Match");
  return condition !== undefined && matchesWeakly(condition, tag);
}
