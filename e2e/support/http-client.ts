import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { contractOf } from "./api-contract";
import { baseUrl } from "./server";

export type HttpAnswer = { status: number; headers: IncomingHttpHeaders; text: string; json: unknown };

export type HttpRequest = {
  method?: string;
  path: string;
  /** An array sends a header twice. */
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  /** The loopback address to come from: limits count by address. */
  from?: string;
};

let lastAddress = 0;
/** Whom https connections believe: certificates that tests have made. */
const trusted: string[] = [];

/** Lets `send` believe a certificate, or whoever signs with it. Names lead to this machine all the same. */
export function trustCertificate(pem: string): void {
  trusted.push(pem);
}

/**
 * Returns a loopback address that no other test of this process uses, so that failures counted by address do not mix.
 */
export function freshAddress(): string {
  lastAddress += 1;
  return `127.${process.pid % 200}.${10 + Math.floor(lastAddress / 200)}.${1 + (lastAddress % 200)}`;
}

/**
 * Sends exactly what it is given and returns exactly what came back: no redirect followed, no header added but Host. An
 * answer of the server under test that breaks the API's published description is an error.
 */
export async function send(target: string, request: HttpRequest): Promise<HttpAnswer> {
  const answer = await exchange(target, request);
  if (target !== baseUrl()) return answer;
  const { method = "GET", path } = request;
  const breaches = (await contractOf(target))?.({ method, path, answer }) ?? [];
  if (breaches.length > 0) throw new Error(`The answer breaks the API's description:\n${breaches.join("\n")}`);
  return answer;
}

function exchange(target: string, { method = "GET", path, headers, body, from }: HttpRequest): Promise<HttpAnswer> {
  const { hostname, port, protocol } = new URL(target);
  const isSecure = protocol === "https:";
  return new Promise((resolve, reject) => {
    const outgoing = (isSecure ? httpsRequest : httpRequest)(
      {
        ...(isSecure && { ca: trusted, servername: hostname }),
        host: isSecure || hostname === "localhost" ? "127.0.0.1" : hostname,
        port,
        method,
        path,
        headers: { Host: `${hostname}:${port}`, ...(body === undefined ? {} : contentLength(body)), ...headers },
        localAddress: from ?? freshAddress(),
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: parseJson(text) });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function contentLength(body: string | Buffer): Record<string, string> {
  return { "Content-Length": String(Buffer.byteLength(body)) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
