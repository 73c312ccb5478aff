/**
 * What an endpoint answers: a value, which whoever has the connection writes. A `Response` of the web has streams,
 * checks and copies for what is a text and a few fields here.
 */
export type EndpointResponse = {
  readonly status: number;
  /** By the names of the fields, each of which is spelt in one way only. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null where there is none. */
  readonly body: string | null;
};

/** The same with further header fields, which replace those of their names. */
export function withHeaders(response: EndpointResponse, headers: Readonly<Record<string, string>>): EndpointResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** The same for whoever handles responses of the web. */
export function toWebResponse({ status, headers, body }: EndpointResponse): Response {
  return new Response(body, { status, headers });
}
