import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type EndpointHandler, everyMethod, METHODS } from "@/lib/http/endpoint";
import type { EndpointResponse } from "@/lib/oauth/http/endpoint-response";
import { readBodyBytes } from "@/lib/oauth/http/request-body";
import { exchangeRaw, parseRaw } from "@/lib/testing/process/raw-http";
import { answerEndpoint } from "./answer-endpoint";
import { readBody } from "./buffered-request";

let server: Server | undefined;
let failures: unknown[] = [];

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  failures = [];
});

const NOTHING: EndpointResponse = { status: 200, headers: {}, body: null };
const json = (value: unknown): EndpointResponse => ({ ...NOTHING, body: JSON.stringify(value) });

async function listen(handler: EndpointHandler, params = {}, fields = {}): Promise<number> {
  const resource = everyMethod(handler, METHODS);
  server = createServer(async (request, response) => {
    const reading = await readBody(request, 1_000);
    if (typeof reading === "string") return;
    const whole = { request, body: reading.body, origin: "https://portal.example", params };
    await answerEndpoint(whole, response, resource, fields).catch((thrown) => {
      failures.push(thrown);
      response.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function send(port: number, line: string, fields: string[] = [], body = "") {
  const request = [line, "Host: x", "Connection: close", ...fields, "", body].join("\r\n");
  const { status, headers, body: text } = parseRaw(await exchangeRaw(port, request));
  headers.delete("date");
  return { status, headers: Object.fromEntries(headers), text };
}

describe("an endpoint that is answered without the framework", () => {
  it("reads method, address, fields and body as from a Request", async () => {
    const port = await listen(
      async (request, context) => {
        const bytes = await readBodyBytes(request, 10, () => new Error("refused"));
        const fields = ["X-One", "x-two", "cookie", "x-none"].map((name) => request.headers.get(name));
        const { method, url } = request;
        return json({ method, url, fields, body: Buffer.from(bytes).toString(), ...(await context?.params) });
      },
      { roomId: "a/b" },
    );
    const fields = ["X-One: 1", "X-Two: a", "x-two: b", "Cookie: a=1", "Cookie: b=2", "Content-Length: 3"];
    const { text } = await send(port, "PUT /api/x/a%2Fb?q=%20 HTTP/1.1", fields, "a=b");
    expect(JSON.parse(text)).toEqual({
      method: "PUT",
      url: "https://portal.example/api/x/a%2Fb?q=%20",
      fields: ["1", "a, b", "a=1; b=2", null],
      body: "a=b",
      roomId: "a/b",
    });
  });

  it("refuses a body beyond the limit of the endpoint, though it is here already", async () => {
    const port = await listen(async (request) => {
      await readBodyBytes(request, 2, (fault) => new Error(fault));
      return NOTHING;
    });
    await send(port, "POST / HTTP/1.1", ["Transfer-Encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n");
    expect(failures).toEqual([new Error("body_too_large")]);
  });

  it.each<[string, string, EndpointResponse, object, string]>([
    [
      "a body",
      "GET",
      { status: 201, headers: { "X-Two": "a" }, body: "é" },
      { "content-length": "2", "x-two": "a" },
      "\u00c3\u00a9",
    ],
    ["nothing", "POST", NOTHING, { "content-length": "0" }, ""],
    ["an empty text", "POST", { ...NOTHING, body: "" }, { "content-length": "0" }, ""],
    ["204", "DELETE", { ...NOTHING, status: 204 }, {}, ""],
    ["304", "GET", { status: 304, headers: { ETag: '"a"' }, body: null }, { etag: '"a"' }, ""],
    ["HEAD", "HEAD", { status: 200, headers: { ETag: '"a"' }, body: null }, { etag: '"a"' }, ""],
  ])("writes %s with the length that it has, and no other field", async (_what, method, answer, headers, text) => {
    const port = await listen(async () => answer);
    const expected = { status: answer.status, headers: { connection: "close", ...headers }, text };
    expect(await send(port, `${method} / HTTP/1.1`)).toEqual(expected);
  });

  it("writes the fields of every answer beside those of this one, which count where both have one", async () => {
    const port = await listen(
      async () => ({ ...NOTHING, headers: { "X-Own": "own", "X-Both": "own" } }),
      {},
      {
        "X-Every": "every",
        "X-Both": "every",
      },
    );
    const { headers } = await send(port, "POST / HTTP/1.1");
    expect(headers).toMatchObject({ "x-own": "own", "x-both": "own", "x-every": "every" });
  });

  it("is not answered with a field that would end early and begin another one", async () => {
    const port = await listen(async () => ({ ...NOTHING, headers: { "X-Own": "a\r\nX-Forged: b" } }));
    expect((await send(port, "POST / HTTP/1.1")).text).toBe("");
    expect(failures).toEqual([expect.objectContaining({ code: "ERR_INVALID_CHAR" })]);
  });

  it("passes on what the endpoint throws, before anything is written", async () => {
    const port = await listen(async () => {
      throw new Error("broken");
    });
    expect((await send(port, "GET / HTTP/1.1")).text).toBe("");
    expect(failures).toEqual([new Error("broken")]);
  });

  it("tells an endpoint that asks when whoever waited has gone, and nobody else", async () => {
    const aborted: boolean[] = [];
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const port = await listen(async ({ signal, url }) => {
      if (url.endsWith("/leaves")) {
        arrived();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      }
      aborted.push(signal.aborted);
      return NOTHING;
    });
    await send(port, "GET /stays HTTP/1.1");
    const leaving = new AbortController();
    const left = fetch(`http://127.0.0.1:${port}/leaves`, { signal: leaving.signal }).catch(() => "left");
    await arrival;
    leaving.abort();
    expect(await left).toBe("left");
    await expect.poll(() => aborted).toEqual([false, true]);
  });
});
