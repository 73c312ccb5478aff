import "server-only";

import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "@/lib/env/config";
import { errorPageOf } from "@/lib/http/error-page";
import { type RequestContext, runWithRequestContext } from "@/lib/http/request-context";
import { measureRequest } from "./metrics/measure-request";
import { answerRefusal, type BodyStyle, type Refusal } from "./refusal/refusal";
import { reportRefusal } from "./refusal/report-refusal";
import { answerEndpoint } from "./request/answer-endpoint";
import { BufferedRequest, readBody } from "./request/buffered-request";
import { resolveClientAddress, UNKNOWN_ADDRESS } from "./request/client-address";
import type { EndpointLimits } from "./request/endpoints";
import { trustedHeaders } from "./request/inbound-headers";
import { checkPageForm } from "./request/page-request";
import { createProxyNotice } from "./request/proxy-notice";
import { bodyTooLarge, checkRequestHead, type RequestHeadSettings } from "./request/request-head";
import { toOriginForm } from "./request/request-target";
import { pagePolicy, securityHeaders } from "./request/security-headers";

export type ApplicationHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type RequestHandlerOptions = {
  settings: RequestHeadSettings & Pick<Config, "environment" | "hstsIncludesSubdomains">;
  /** What answers where no endpoint does: Next. */
  application: ApplicationHandler;
  /** What a page is called in the metrics: its pattern, whatever stands in the address. */
  pageRoute?: ((pathname: string) => string) | undefined;
  /** False to leave the endpoints to the route files of `application` as well. */
  answersEndpoints: boolean;
  /** Called with whatever the application, or this module itself, let fall; the client gets a general sentence and the request id. */
  onFailure: (error: unknown, context: RequestContext) => void;
  /** True from the moment the server stops: answers then end their connections. */
  isDraining: () => boolean;
};

const BROKEN: Refusal = {
  status: 500,
  reason: "Something went wrong here. The X-Request-Id field names this request.",
};

/**
 * Takes a request from the wire to what answers it: address, identity, security fields, gate, whole body. Endpoints
 * answer here; anything else goes to the application, with cleaned header fields. What neither can know from header
 * fields, it reads from `requestContext()`.
 */
export function createRequestHandler(options: RequestHandlerOptions) {
  const { settings, application, answersEndpoints, onFailure, isDraining, pageRoute = () => "page" } = options;
  const { hstsIncludesSubdomains } = settings;
  const https = settings.publicUrl.startsWith("https:");
  const noticeProxy = createProxyNotice(settings);
  const errorPage = errorPageOf(settings.publicUrl);
  const { origin } = new URL(settings.publicUrl);
  const development = settings.environment === "development";

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const measured = measureRequest(request, response, { isProxied: settings.trustedProxyHops > 0 });
    const target = toOriginForm(request.url ?? "/", request.headers.host);
    request.url = target;
    const context: RequestContext = {
      clientAddress: UNKNOWN_ADDRESS,
      requestId: randomUUID(),
      target,
      span: measured.span,
      setAnswerField(name, value) {
        if (!response.headersSent) response.setHeader(name, value);
      },
    };
    let style: BodyStyle = "text";
    // What every answer has, whoever gives it.
    const fields: Record<string, string> = { "X-Request-Id": context.requestId };
    // Everything is inside: what is thrown outside would leave a client that waits for an answer nobody is writing.
    try {
      context.clientAddress = readClientAddress(request, settings.trustedProxyHops);
      noticeProxy(request.headers);
      const { surface, params, route, refusal } = checkRequestHead(
        {
          method: request.method ?? "",
          target,
          headers: request.headers,
          rawHeaders: request.rawHeaders,
        },
        settings,
      );
      style = surface.style;
      measured.route = surface.missing === undefined ? (route ?? pageRoute(pathOf(target))) : "none";
      const policy = style === "text" ? pagePolicy(randomBytes(16).toString("base64"), development) : undefined;
      const isPublicDocument = surface.isPublicDocument === true;
      Object.assign(fields, securityHeaders({ policy, https, hstsIncludesSubdomains, isPublicDocument }));
      if (isDraining()) fields.Connection = "close";

      const accepted = refusal ?? (await acceptBody(request, response, surface));
      if (accepted === "aborted") return;
      if (!("body" in accepted)) {
        setFields(response, fields);
        runWithRequestContext(context, () => reportRefusal(accepted, context));
        return answerRefusal(request, response, accepted, style, errorPage);
      }
      const { body } = accepted;
      const { resource } = surface;
      if (answersEndpoints && resource !== undefined) {
        await runWithRequestContext(context, () =>
          answerEndpoint({ request, body, origin, params }, response, resource, fields),
        );
        return;
      }
      setFields(response, fields);
      const facts = { clientAddress: context.clientAddress, publicUrl: settings.publicUrl, policy };
      const whole = new BufferedRequest(request, body);
      whole.headers = trustedHeaders(whole.headers, facts);
      whole.rawHeaders = Object.entries(whole.headers).flatMap(([name, value]) =>
        [value ?? []].flat().flatMap((one) => [name, one]),
      );
      await runWithRequestContext(context, () => application(whole, response));
    } catch (error) {
      try {
        onFailure(error, context);
      } finally {
        if (response.headersSent) response.destroy();
        else {
          setFields(response, fields);
          answerRefusal(request, response, BROKEN, style, errorPage);
        }
      }
    }
  };
}

function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query < 0 ? target : target.slice(0, query);
}

function setFields(response: ServerResponse, fields: Readonly<Record<string, string>>): void {
  for (const name in fields) response.setHeader(name, fields[name] ?? "");
}

function readClientAddress(request: IncomingMessage, hops: number): string {
  const forwardedFor =
    hops === 0 ? undefined : [request.headers["x-forwarded-for"] ?? []].flat().join(",") || undefined;
  return resolveClientAddress(request.socket.remoteAddress, forwardedFor, hops);
}

async function acceptBody(
  request: IncomingMessage,
  response: ServerResponse,
  surface: EndpointLimits,
): Promise<{ body: Buffer } | Refusal | "aborted"> {
  // The head is acceptable: a client that waits for that may send the rest (RFC 9110 §10.1.1).
  if (request.headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
  const reading = await readBody(request, surface.bodyLimit);
  if (reading === "too large") return bodyTooLarge(surface);
  if (reading === "aborted") return reading;
  const refusal = surface.style === "text" ? await checkPageForm(request.headers, reading.body) : undefined;
  return refusal ?? reading;
}
