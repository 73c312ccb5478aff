import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";
import { requestContext } from "@/lib/http/request-context";
import { createHttpServer } from "@/lib/server/http-server";
import { createRequestHandler, type RequestHandlerOptions } from "@/lib/server/request-handler";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { exchangeRaw, parseRaw } from "./raw-http";

export const WIRE_SETTINGS = {
  publicUrl: "http://localhost:3000",
  trustedProxyHops: 0,
  hstsIncludesSubdomains: false,
  environment: "production",
  surfaces: "all",
} as const;

/** The fields that every request needs, and that no test is about. */
export const HEAD = ["Host: localhost:3000", "Connection: close"];

export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Call it once in a test file. `listen` starts the entrance in front of an application that answers with what it sees;
 * `logLines` are the lines of the running test. All is closed after each test.
 */
export function useWireServer() {
  const closers: (() => void)[] = [];
  let log: ReturnType<typeof captureLog>;
  beforeEach(() => {
    log = captureLog();
    closers.push(log.stop);
  });
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });
  return {
    logLines: () => log.lines.map((line): unknown => JSON.parse(line)),
    async listen(options: Partial<RequestHandlerOptions> = {}) {
      const failures: unknown[] = [];
      const handle = createRequestHandler({
        settings: WIRE_SETTINGS,
        application: echo,
        answersEndpoints: false,
        onFailure: (error) => failures.push(error),
        isDraining: () => false,
        ...options,
      });
      const server = createHttpServer((request, response) => void handle(request, response));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      closers.push(() => {
        server.close();
        server.closeAllConnections();
      });
      // A server that listens on a port has an address with a port.
      const { port } = server.address() as AddressInfo;
      return {
        failures,
        server,
        port,
        send: async (...lines: string[]) => parseRaw(await exchangeRaw(port, lines.join("\r\n"))),
      };
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Answers with what the application sees of a request. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readAll(request);
  const { method, url, headers } = request;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ method, url, headers, length: body.length, context: requestContext() }));
}
