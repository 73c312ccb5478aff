import "server-only";

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Method, PathParameters, Resource } from "@/lib/http/endpoint";
import type { EndpointRequest } from "@/lib/oauth/http/endpoint-request";

/** A request that has come in whole, on its way to an endpoint. */
export type WholeRequest = {
  request: IncomingMessage;
  body: Buffer;
  /** Scheme and authority of this server. */
  origin: string;
  params: PathParameters;
};

/**
 * Lets a resource answer a request, without the framework: what it returns is written as it is, with `fields` and its
 * length, in one go. `method` of the request must be one of `METHODS`. What the endpoint throws passes through.
 */
export async function answerEndpoint(
  { request, body, origin, params }: WholeRequest,
  response: ServerResponse,
  resource: Resource,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  const handler = resource[request.method as Method];
  const answer = await handler(new IncomingEndpointRequest(request, body, origin, response), { params });
  const text = answer.body ?? "";
  // RFC 9110 §8.6: none in a 204; and what GET would have sent is not known where HEAD or 304 leave it out.
  const isSilent = request.method === "HEAD" || answer.status === 204 || answer.status === 304;
  const length = isSilent ? {} : { "Content-Length": Buffer.byteLength(text) };
  response.writeHead(answer.status, { ...fields, ...answer.headers, ...length });
  response.end(text);
}

/** Reads the fields where Node.js has left them: a `Request` copies them all, and a token needs two. */
class IncomingEndpointRequest implements EndpointRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: EndpointRequest["headers"];
  /** Never looked at: `bodyBytes` is there. */
  readonly body = null;
  #controller: AbortController | undefined;

  constructor(
    request: IncomingMessage,
    readonly bodyBytes: Uint8Array,
    origin: string,
    private readonly response: ServerResponse,
  ) {
    this.method = request.method ?? "";
    this.url = `${origin}${request.url}`;
    this.headers = {
      get(name) {
        const value = request.headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(", ") : (value ?? null);
      },
    };
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      const { response } = this;
      if (response.destroyed) controller.abort();
      else response.once("close", () => response.writableFinished || controller.abort());
    }
    return this.#controller.signal;
  }
}
