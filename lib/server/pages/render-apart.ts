import "server-only";

import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Socket } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An answer that was written to nobody. */
export type ApartAnswer = { status: number; headers: OutgoingHttpHeaders; body: Buffer };

/**
 * Has `render` answer a GET that has exactly these header fields and comes from no connection, and returns what it
 * wrote. Throws what `render` throws.
 */
export async function renderApart(
  render: Handler,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<ApartAnswer> {
  const request = new IncomingMessage(new Socket());
  request.method = "GET";
  request.url = path;
  request.headers = { ...headers };
  request.rawHeaders = Object.entries(headers).flat();
  request.push(null);
  request.complete = true;
  const response = new KeptResponse(request);
  await render(request, response);
  await response.whole;
  return { status: response.statusCode, headers: response.getHeaders(), body: Buffer.concat(response.chunks) };
}

/** Keeps what is written in place of sending it. Its reader is never slow. */
class KeptResponse extends ServerResponse {
  readonly chunks: Buffer[] = [];
  readonly whole = new Promise((resolve) => this.once("finish", resolve));

  override write(chunk: unknown): boolean {
    this.keep(chunk);
    return true;
  }

  /** Node.js would write these fields down and not remember them. */
  override writeHead(status: number, ...rest: unknown[]): this {
    const fields = Object.entries(rest.find((given) => typeof given === "object") ?? {});
    for (const [name, value] of fields) this.setHeader(name, String(value));
    return super.writeHead(status);
  }

  override end(chunk?: unknown): this {
    if (this.finished) return this;
    this.keep(chunk);
    super.end();
    // Without a connection nothing else says so.
    this.emit("finish");
    this.emit("close");
    return this;
  }

  private keep(chunk: unknown): void {
    if (typeof chunk === "string") this.chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) this.chunks.push(Buffer.from(chunk));
  }
}
