/** What an endpoint reads of a request. A `Request` is one; a server that has read the body already makes one for less. */
export type EndpointRequest = {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Pick<Headers, "get">;
  /** Fires when whoever asked has gone. */
  readonly signal: AbortSignal;
  readonly body: ReadableStream<Uint8Array> | null;
  /** The whole body, where it is there already: then `body` is not looked at. */
  readonly bodyBytes?: Uint8Array;
};
