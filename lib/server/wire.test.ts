import { describe, expect, it } from "vitest";
import { requestContext } from "@/lib/http/request-context";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { exchangeRaw, parseRaw } from "@/lib/testing/process/raw-http";
import { HEAD, UUID, useWireServer, WIRE_SETTINGS } from "@/lib/testing/process/wire-server";

const { listen, logLines } = useWireServer();

describe("a request on its way in", () => {
  it("reaches the application whole, with an id and an address that no header field can forge", async () => {
    const { send } = await listen();
    const { status, headers, body } = await send(
      "POST /applications?q=1 HTTP/1.1",
      ...HEAD,
      "X-Forwarded-For: 6.6.6.6",
      "X-Request-Id: forged",
      "X-Middleware-Subrequest: middleware",
      "Content-Length: 5",
      "",
      "a=b&c",
    );
    expect(status).toBe(200);
    const seen = JSON.parse(body);
    expect(seen).toMatchObject({ method: "POST", url: "/applications?q=1", length: 5 });
    expect(seen.context).toEqual({
      clientAddress: "127.0.0.1",
      requestId: headers.get("x-request-id"),
      target: "/applications?q=1",
    });
    expect(seen.context.requestId).toMatch(UUID);
    expect(Object.keys(seen.headers).sort()).toEqual([
      "connection",
      "content-length",
      "content-security-policy",
      "host",
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-proto",
    ]);
    expect(seen.headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(seen.headers["content-security-policy"]).toBe(headers.get("content-security-policy"));
  });

  it("takes the address from the trusted proxies", async () => {
    const { send } = await listen({ settings: { ...WIRE_SETTINGS, trustedProxyHops: 1 } });
    const { body } = await send("GET / HTTP/1.1", ...HEAD, "X-Forwarded-For: 6.6.6.6, 203.0.113.9", "", "");
    expect(JSON.parse(body).context.clientAddress).toBe("203.0.113.9");
  });

  it("is told of once in the log when a proxy names its clients and none is believed", async () => {
    const publicUrl = "https://rooms.example.org";
    const ask = async (trustedProxyHops: number, address = publicUrl) => {
      const { send } = await listen({ settings: { ...WIRE_SETTINGS, publicUrl: address, trustedProxyHops } });
      await send("GET /api/health/live HTTP/1.1", ...HEAD, "", "");
      for (let time = 0; time < 3; time += 1) {
        await send("GET /api/health/live HTTP/1.1", ...HEAD, "X-Forwarded-For: 203.0.113.9", "", "");
      }
    };
    await ask(1);
    await ask(0, WIRE_SETTINGS.publicUrl);
    expect(logLines()).toEqual([]);
    await ask(0);
    expect(logLines()).toEqual([
      {
        level: "warn",
        time: expect.any(String),
        event: "proxy_not_trusted",
        msg: "X-Forwarded-For arrives and TRUSTED_PROXY_HOPS is 0: all clients count as one address. Set it to the number of proxies",
      },
    ]);
  });

  it("is the same in absolute form, as clients of a proxy write it", async () => {
    const { send } = await listen();
    const { status, body } = await send("GET http://localhost:3000/applications?q=1 HTTP/1.1", ...HEAD, "", "");
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ url: "/applications?q=1", context: { target: "/applications?q=1" } });
  });

  it.each(["http://evil.example/applications", "http://localhost:3000//evil.example/"])(
    "goes no further in an absolute form that leads elsewhere: %s",
    async (target) => {
      const { send } = await listen();
      expect((await send(`GET ${target} HTTP/1.1`, ...HEAD, "", "")).status).toBe(400);
    },
  );

  it("may have fields added to its answer by what can only reach its context", async () => {
    const { send } = await listen({
      async application(_request, response) {
        requestContext().setAnswerField?.("Clear-Site-Data", '"cache"');
        response.end("done");
      },
    });
    const { headers } = await send("POST /sign-in HTTP/1.1", ...HEAD, "Content-Length: 0", "", "");
    expect(headers.get("clear-site-data")).toBe('"cache"');
  });

  it("gets another nonce each time, and machines get none", async () => {
    const { send } = await listen();
    const policies = await Promise.all(
      ["/", "/", "/api/oauth/jwks"].map((path) => send(`GET ${path} HTTP/1.1`, ...HEAD, "", "")),
    );
    const [one, two, machine] = policies.map(({ headers }) => headers.get("content-security-policy") ?? "");
    expect(one).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/);
    expect(two).not.toBe(one);
    expect(machine).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  });

  it("is told to go on when it waits for that and its head is acceptable", async () => {
    const { port } = await listen();
    const head = ["POST /api/oauth/token HTTP/1.1", ...HEAD, "Expect: 100-continue", "Content-Length: 16384", "", ""];
    const received = await exchangeRaw(port, head.join("\r\n"), (text) => text.includes("\r\n\r\n"));
    expect(received).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  });

  it("is refused before it sends its body when it waits and the body is too large", async () => {
    const { send } = await listen();
    const head = ["POST /api/oauth/token HTTP/1.1", ...HEAD, "Expect: 100-continue", "Content-Length: 16385", "", ""];
    expect((await send(...head)).status).toBe(413);
  });
});

describe("a refused request", () => {
  const chunk = `2000\r\n${"x".repeat(0x2000)}\r\n`;

  // Conformance: H05
  it("ends with 413 while its chunks still come, and the application never sees it", async () => {
    let calls = 0;
    const countCalls = async () => {
      calls += 1;
    };
    const { send } = await listen({ application: countCalls });
    const { status, headers, body } = await send(
      "POST /api/oauth/token HTTP/1.1",
      "Host: localhost:3000",
      "Transfer-Encoding: chunked",
      "",
      // 24 KiB and no end.
      chunk.repeat(3),
    );
    const reason = "The body must not be larger than 16384 bytes.";
    const fields = ["content-type", "connection", "cache-control", "pragma"].map((name) => headers.get(name));
    expect([status, ...fields]).toEqual([413, "application/json", "close", "no-store", "no-cache"]);
    expect(JSON.parse(body)).toEqual({
      error: "invalid_request",
      error_description: reason,
      error_uri: errorUri("invalid_request"),
      detail: reason,
    });
    expect(calls).toBe(0);
  });

  // Conformance: E01
  it("is answered with problem JSON on the external API", async () => {
    const { send } = await listen();
    const { status, headers, body } = await send(
      "POST /api/external/rooms HTTP/1.1",
      "Host: localhost:3000",
      "Content-Length: 65537",
      "",
      "{",
    );
    expect([status, headers.get("content-type")]).toEqual([413, "application/problem+json"]);
    expect(JSON.parse(body)).toEqual({
      type: "about:blank",
      title: "Payload Too Large",
      status: 413,
      detail: "The body must not be larger than 65536 bytes.",
    });
  });

  it("is not echoed: TRACE gets 405, the methods, and none of its own fields", async () => {
    const { port } = await listen();
    const received = await exchangeRaw(
      port,
      ["TRACE /api/external/rooms HTTP/1.1", ...HEAD, "Authorization: Bearer canary", "", ""].join("\r\n"),
    );
    const { status, headers } = parseRaw(received);
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
    expect(received).not.toContain("canary");
  });

  it.each([
    ["GET http://evil.example/ HTTP/1.1", 400],
    ["CONNECT evil.example:443 HTTP/1.1", 405],
    ["BREW / HTTP/1.1", 405],
    ["GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", 400],
    ["GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2", 400],
    [`GET / HTTP/1.1\r\nX-Large: ${"x".repeat(17_000)}`, 431],
    [`GET / HTTP/1.1\r\n${"X-Many: 1\r\n".repeat(120)}X-Last: 1`, 431],
    ["POST /api/oauth/token HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 2", 415],
  ])("%# gets its status, nosniff and a closed connection", async (head, expected) => {
    const { send } = await listen({ application: () => Promise.reject(new Error("must not be reached")) });
    const { status, headers } = await send(head, "Host: localhost:3000", "", "x");
    expect([status, headers.get("x-content-type-options"), headers.get("connection")]).toEqual([
      expected,
      "nosniff",
      "close",
    ]);
  });

  it("gets every security field all the same", async () => {
    const { send } = await listen({ settings: { ...WIRE_SETTINGS, publicUrl: "https://rooms.example.org" } });
    const { headers } = await send("PROPFIND / HTTP/1.1", ...HEAD, "", "");
    expect([...headers.keys()].filter((name) => name !== "date" && !name.startsWith("content-")).sort()).toEqual([
      "allow",
      "cache-control",
      "connection",
      "cross-origin-opener-policy",
      "cross-origin-resource-policy",
      "permissions-policy",
      "referrer-policy",
      "strict-transport-security",
      "x-content-type-options",
      "x-frame-options",
      "x-request-id",
    ]);
  });

  it.each([
    [false, "max-age=31536000"],
    [true, "max-age=31536000; includeSubDomains"],
  ])(
    "keeps browsers on https, and hosts below ours as HSTS_INCLUDE_SUBDOMAINS says: %s",
    async (included, expected) => {
      const settings = { ...WIRE_SETTINGS, publicUrl: "https://rooms.example.org", hstsIncludesSubdomains: included };
      const { send } = await listen({ settings });
      const { headers } = await send("GET /api/health/live HTTP/1.1", ...HEAD, "", "");
      expect(headers.get("strict-transport-security")).toBe(expected);
    },
  );

  it("does not switch protocols: an upgrade is an ordinary request", async () => {
    const { send } = await listen();
    const { status, headers } = await send(
      "GET /_next/webpack-hmr HTTP/1.1",
      "Host: localhost:3000",
      "Connection: Upgrade, close",
      "Upgrade: websocket",
      "",
      "",
    );
    expect([status, headers.get("upgrade")]).toEqual([200, undefined]);
  });
});

describe("an application that fails", () => {
  it("is reported with the request, and the client learns nothing but the request's id", async () => {
    const failure = new Error("canary: SELECT * FROM staff_members");
    const { send, failures } = await listen({ application: () => Promise.reject(failure) });
    const { status, headers, body } = await send("GET /api/external/rooms HTTP/1.1", ...HEAD, "", "");
    expect([status, headers.get("content-type")]).toEqual([500, "application/problem+json"]);
    expect(JSON.parse(body)).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      detail: "Something went wrong here. The X-Request-Id field names this request.",
    });
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(failures).toEqual([failure]);
  });

  it("is not all that can fail: what breaks before the application is asked is answered and reported too", async () => {
    const failure = new Error("broken");
    const refuse = () => {
      throw failure;
    };
    const { send, failures } = await listen({ isDraining: refuse });
    const { status, headers, body } = await send("GET / HTTP/1.1", ...HEAD, "", "");
    expect([status, headers.get("x-request-id"), body]).toEqual([
      500,
      expect.stringMatching(UUID),
      "Something went wrong here. The X-Request-Id field names this request.\n",
    ]);
    expect(failures).toEqual([failure]);
  });

  it("half-way through an answer cuts it off instead of passing for whole", async () => {
    const { port } = await listen({
      application: async (_request, response) => {
        response.writeHead(200, { "Content-Length": 100 }).write("half");
        throw new Error("broken");
      },
    });
    const received = await exchangeRaw(port, ["GET / HTTP/1.1", "Host: localhost:3000", "", ""].join("\r\n"));
    expect(parseRaw(received).body.length).toBeLessThan(100);
  });
});

it("a server that stops ends connections with their answer", async () => {
  const { send } = await listen({ isDraining: () => true });
  const { status, headers } = await send("GET / HTTP/1.1", "Host: localhost:3000", "", "");
  expect([status, headers.get("connection")]).toEqual([200, "close"]);
});
