import { once } from "node:events";
import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer, request as httpsRequest } from "node:https";
import { afterEach, describe, expect, it } from "vitest";
import { createClientKey } from "@/lib/oauth/testing/forge-assertion";
import { TEST_CERTIFICATE } from "@/lib/testing/process/test-certificate";
import { createJwksFetcher, type JwksFetchDeps, JwksFetchError } from "./fetch-client-jwks";

const key = await createClientKey();
const jwk = key.clientKey.publicJwk;
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

/** Everything of production but TLS and the ban on this host. */
const local: Partial<JwksFetchDeps> = {
  resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  isAllowedAddress: () => true,
  request: httpRequest,
};

async function fetchFrom(listener: RequestListener, overrides: Partial<JwksFetchDeps> = {}) {
  const port = await listen(createServer(listener));
  return createJwksFetcher({ ...local, ...overrides })(`https://keys.example.com:${port}/jwks?v=1`);
}

function answering(body: string, headers: Record<string, string> = {}, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
  };
}

async function reasonOf(fetching: Promise<unknown>): Promise<string> {
  const thrown: unknown = await fetching.catch((error: unknown) => error);
  if (!(thrown instanceof JwksFetchError)) throw new Error(`no refusal: ${JSON.stringify(thrown)}`);
  return thrown.reason;
}

describe("published keys", () => {
  it.each(["application/json", "application/jwk-set+json", "Application/JSON; charset=utf-8"])(
    "are read from %s",
    async (type) => {
      const keys = await fetchFrom(answering(JSON.stringify({ keys: [jwk] }), { "Content-Type": type }));
      expect(keys).toEqual([{ publicJwk: jwk, thumbprint: key.thumbprint }]);
    },
  );

  it("are asked for by name and path, without anything that says who asks", async () => {
    let seen: unknown;
    await fetchFrom((request, response) => {
      seen = { method: request.method, url: request.url, headers: { ...request.headers, host: "-" } };
      expect(request.headers.host).toMatch(/^keys\.example\.com:\d+$/);
      answering('{"keys":[]}')(request, response);
    });
    expect(seen).toEqual({
      method: "GET",
      url: "/jwks?v=1",
      headers: {
        host: "-",
        accept: "application/jwk-set+json, application/json",
        "accept-encoding": "identity",
        connection: "close",
      },
    });
  });

  it("may be none at all", async () => {
    expect(await fetchFrom(answering('{"keys":[]}'))).toEqual([]);
  });

  it("are passed over when they are of no use here, and the first of two names counts", async () => {
    const other = await createClientKey();
    const set = [
      { kty: "oct", k: "c2VjcmV0" },
      { ...jwk, kid: "enc", use: "enc" },
      { kty: "XYZ" },
      "text",
      await other.privateJwk(),
      jwk,
      { ...other.clientKey.publicJwk, kid: jwk.kid },
    ];
    expect(await fetchFrom(answering(JSON.stringify({ keys: set })))).toEqual([
      { publicJwk: jwk, thumbprint: key.thumbprint },
    ]);
  });
});

describe("an answer that is refused", () => {
  const twentyOne = JSON.stringify({ keys: Array(21).fill(jwk) });
  it.each([
    ["a redirect", answering("", { Location: "https://evil.example/" }, 302), "status_not_200"],
    ["an error", answering('{"keys":[]}', {}, 500), "status_not_200"],
    ["nothing new", answering("", {}, 304), "status_not_200"],
    ["HTML", answering("<html>", { "Content-Type": "text/html" }), "not_json"],
    ["no type", answering('{"keys":[]}', { "Content-Type": "" }), "not_json"],
    ["compressed content", answering("x", { "Content-Encoding": "gzip" }), "encoded"],
    ["more than 64 KiB", answering(`{"keys":[],"x":"${"x".repeat(64 * 1024)}"}`), "too_large"],
    ["21 keys", answering(twentyOne), "too_many_keys"],
    ["no JSON", answering("keys"), "malformed"],
    ["a repeated member", answering('{"keys":[],"keys":[]}'), "malformed"],
    ["a list", answering("[]"), "malformed"],
    ["no keys", answering('{"key":[]}'), "malformed"],
    ["keys that are no list", answering('{"keys":{}}'), "malformed"],
  ])("refuses %s", async (_what, listener, reason) => {
    expect(await reasonOf(fetchFrom(listener))).toBe(reason);
  });

  it("stops reading an endless answer", async () => {
    const endless: RequestListener = (_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      const more = () => response.write("x".repeat(16 * 1024)) && setImmediate(more);
      response.on("drain", more).on("error", () => {});
      more();
    };
    expect(await reasonOf(fetchFrom(endless))).toBe("too_large");
  });

  it("refuses an answer that was cut short", async () => {
    const cut: RequestListener = (_request, response) => {
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
      response.write('{"keys":[]}');
      setImmediate(() => response.destroy());
    };
    expect(await reasonOf(fetchFrom(cut))).toBe("unreachable");
  });

  it.each([
    ["never answers", () => {}],
    ["never ends", (_request, response) => response.writeHead(200, { "Content-Type": "application/json" }).write("{")],
  ] as [string, RequestListener][])("does not wait for a server that %s", async (_what, listener) => {
    expect(await reasonOf(fetchFrom(listener, { timeoutMs: 50 }))).toBe("timed_out");
  });

  it("does not wait for a name server that never answers", async () => {
    const resolve = () => new Promise<never>(() => {});
    expect(await reasonOf(fetchFrom(answering("{}"), { resolve, timeoutMs: 50 }))).toBe("timed_out");
  });
});

describe("an address that is not asked", () => {
  const untouchable: JwksFetchDeps["request"] = () => {
    throw new Error("a request was made");
  };
  const production = (addresses: string[]) =>
    createJwksFetcher({
      request: untouchable,
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    });

  it.each([
    [["127.0.0.1"]],
    [["169.254.169.254"]],
    [["10.1.2.3"]],
    [["100.64.0.1"]],
    [["::1"]],
    [["fd00:ec2::254"]],
    [["::ffff:169.254.169.254"]],
    [["8.8.8.8", "127.0.0.1"]],
    [["2606:4700:4700::1111", "fe80::1"]],
    [[]],
  ])("is one whose name leads to %j", async (addresses) => {
    expect(await reasonOf(production(addresses)("https://keys.example.com/"))).toBe("address_not_public");
  });

  it.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://8.8.8.8/",
  ])("is %s, which is no name", async (uri) => {
    expect(await reasonOf(production(["8.8.8.8"])(uri))).toBe("address_literal");
  });

  it.each(["http://keys.example.com/", "ftp://keys.example.com/", "file:///etc/passwd", "data:application/json,{}"])(
    "is %s, which is not https",
    async (uri) => {
      expect(await reasonOf(production(["8.8.8.8"])(uri))).toBe("not_https");
    },
  );

  it("is none but the one that was judged: the name is resolved once", async () => {
    const answers = ["127.0.0.1", "169.254.169.254"];
    let asked = 0;
    const keys = await fetchFrom(answering('{"keys":[]}'), {
      async resolve() {
        asked += 1;
        return [{ address: answers.shift() ?? "", family: 4 }];
      },
      isAllowedAddress: (address) => address === "127.0.0.1",
    });
    expect({ keys, asked }).toEqual({ keys: [], asked: 1 });
  });

  it("is one that cannot be resolved or reached", async () => {
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));
    expect(await reasonOf(createJwksFetcher({ ...local, resolve })("https://keys.example.com/"))).toBe("unreachable");
    const port = await listen(createServer());
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
    expect(await reasonOf(createJwksFetcher(local)(`https://keys.example.com:${port}/`))).toBe("unreachable");
  });
});

describe("the certificate of the server", () => {
  const trusting: JwksFetchDeps["request"] = (options, onAnswer) =>
    httpsRequest({ ...options, ca: TEST_CERTIFICATE.cert }, onAnswer);

  async function fetchOverTls(name: string, request: JwksFetchDeps["request"]) {
    const port = await listen(createTlsServer(TEST_CERTIFICATE, answering(JSON.stringify({ keys: [jwk] }))));
    return createJwksFetcher({ ...local, request })(`https://${name}:${port}/`);
  }

  it("must be trusted and made out to the name, not to the address", async () => {
    expect(await fetchOverTls("keys.example.com", trusting)).toHaveLength(1);
    expect(await reasonOf(fetchOverTls("other.example.com", trusting))).toBe("unreachable");
    expect(await reasonOf(fetchOverTls("keys.example.com", httpsRequest))).toBe("unreachable");
  });
});
