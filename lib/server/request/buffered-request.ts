import "server-only";

import { IncomingMessage } from "node:http";

/**
 * A request whose body was read whole before anybody acts on it: a handler never sees the beginning of a body that turns
 * out too large, and one that loses interest in the body does not tear down the connection.
 */
export class BufferedRequest extends IncomingMessage {
  constructor(original: IncomingMessage, body: Buffer) {
    super(original.socket);
    this.method = original.method;
    this.url = original.url;
    this.httpVersion = original.httpVersion;
    this.httpVersionMajor = original.httpVersionMajor;
    this.httpVersionMinor = original.httpVersionMinor;
    this.headers = { ...original.headers };
    this.rawHeaders = [...original.rawHeaders];
    if (body.length > 0) this.push(body);
    this.push(null);
    this.complete = true;
  }

  override _read(): void {
    // Everything is there from the start.
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    callback(error);
  }
}

export type BodyReading = { body: Buffer } | "too large" | "aborted";

/** Reads at most `limit` bytes, counted as they arrive. After `too large` the caller answers and closes. */
export function readBody(request: IncomingMessage, limit: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (reading: BodyReading) => {
      request.off("data", take).off("end", end).off("close", abort);
      resolve(reading);
    };
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else settle("too large");
    };
    const end = () => settle({ body: toBuffer(chunks, size) });
    const abort = () => settle("aborted");
    request.on("error", abort);
    request.on("data", take).on("end", end).on("close", abort);
  });
}

/** Most bodies come in one piece, which need not be copied. */
function toBuffer(chunks: readonly Buffer[], size: number): Buffer {
  const [first, ...others] = chunks;
  return first !== undefined && others.length === 0 ? first : Buffer.concat(chunks, size);
}
