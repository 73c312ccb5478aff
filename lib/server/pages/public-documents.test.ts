import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { HEAD, useWireServer, WIRE_SETTINGS } from "@/lib/testing/process/wire-server";
import { createPublicDocuments } from "./public-documents";

const { listen } = useWireServer();

type Seen = Pick<IncomingMessage, "method" | "url" | "headers">;
type Render = (seen: Seen, response: ServerResponse) => void;

const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1] ?? "";

/** What Next does, as far as this is about it: HTML in pieces, the nonce in some places of it. */
const page: Render = ({ headers }, response) => {
  const nonce = nonceOf(headers["content-security-policy"]);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Vary", "rsc, Accept-Encoding");
  response.setHeader("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate");
  response.flushHeaders();
  response.write(`<html lang="${headers["accept-language"]}"><script nonce="${nonce.slice(0, 5)}`);
  response.write(Buffer.from(`${nonce.slice(5)}"></script>é<script nonce="${nonce}">`));
  response.end("</script></html>");
};

/** A server that answers documents from memory; a request with `Cookie: staff` counts as one of staff. */
async function documentsOf(render: Render = page) {
  const seen: Seen[] = [];
  const fromMemory = createPublicDocuments({
    publicUrl: WIRE_SETTINGS.publicUrl,
    isStaff: async ({ headers }) => headers.cookie === "staff",
  });
  const application = fromMemory(async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers });
    render({ method, url, headers }, response);
  });
  const { send, failures } = await listen({ application });
  return {
    seen,
    failures,
    ask: (line: string, ...fields: string[]) => send(`${line} HTTP/1.1`, ...HEAD, ...fields, "", ""),
  };
}

describe("a document for everybody", () => {
  it("is rendered once, and sent with the nonce of each answer and no other", async () => {
    const { ask, seen } = await documentsOf();
    const answers = [];
    for (let time = 0; time < 3; time += 1) answers.push(await ask("GET /developers/reference"));
    expect(seen).toHaveLength(1);
    const nonces = answers.map(({ headers }) => nonceOf(headers.get("content-security-policy")));
    expect(new Set([...nonces, nonceOf(seen[0]?.headers["content-security-policy"])]).size).toBe(4);
    for (const [index, { status, headers, body }] of answers.entries()) {
      const nonce = nonces[index];
      const text = Buffer.from(body, "latin1").toString();
      expect([status, text]).toEqual([
        200,
        `<html lang="en"><script nonce="${nonce}"></script>é<script nonce="${nonce}"></script></html>`,
      ]);
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-length": String(body.length),
        "cache-control": "private, no-cache, no-store, max-age=0, must-revalidate",
      });
      expect(headers.has("etag")).toBe(false);
    }
  });

  it("is rendered for a request that has nothing of the visitor but the language and the colours", async () => {
    const { ask, seen } = await documentsOf();
    await ask(
      "GET /developers?application=7&q=canary",
      "Accept-Language: fr-CH, de;q=0.5",
      "Cookie: theme=dark; canary=1; vestibule.session=canary",
      "User-Agent: canary",
      "Referer: http://localhost:3000/canary",
      "Authorization: Bearer canary",
      "Accept-Encoding: gzip",
      "Next-Url: /canary",
    );
    expect(seen).toEqual([
      {
        method: "GET",
        url: "/developers",
        headers: {
          host: "localhost:3000",
          "x-forwarded-host": "localhost:3000",
          "x-forwarded-proto": "http",
          "accept-language": "fr",
          cookie: "locale=fr; theme=dark",
          "content-security-policy": expect.stringContaining("'nonce-"),
        },
      },
    ]);
  });

  it.each(["gzip", "br, GZIP;q=0.5", "deflate, gzip ; q=1.0", "gzip;q=0.01"])(
    "is the same to the byte, with its own nonce, for whoever takes it compressed: %s",
    async (accepted) => {
      const { ask, seen } = await documentsOf();
      const plain = await ask("GET /developers");
      const packed = await ask("GET /developers", `Accept-Encoding: ${accepted}`);
      const nonce = nonceOf(packed.headers.get("content-security-policy"));
      expect(nonce).not.toBe("");
      const expected = Buffer.from(plain.body, "latin1")
        .toString()
        .replaceAll(nonceOf(plain.headers.get("content-security-policy")), nonce);
      const bytes = Buffer.from(packed.body, "latin1");
      expect(gunzipSync(bytes).toString()).toBe(expected);
      expect(Object.fromEntries(packed.headers)).toMatchObject({
        "content-encoding": "gzip",
        "content-length": String(bytes.length),
        vary: "rsc, Accept-Encoding",
      });
      expect(seen).toHaveLength(1);
    },
  );

  it.each(["identity", "br", "gzip;q=0", "gzip; q=0.000", "x-gzip", "gzipped", "*;q=0"])(
    "is sent as it is to whoever takes %s",
    async (accepted) => {
      const { ask } = await documentsOf();
      const { headers, body } = await ask("GET /developers", `Accept-Encoding: ${accepted}`);
      expect([headers.has("content-encoding"), headers.get("vary")]).toEqual([false, "rsc, Accept-Encoding"]);
      expect(body).toContain("<html");
    },
  );

  it("has an edition for each page, language and theme, however a visitor asks for it", async () => {
    const { ask, seen } = await documentsOf();
    const same = [
      ["GET /developers/errors"],
      ["GET /developers/errors/"],
      ["HEAD /developers/errors?x=1"],
      ["GET /%64evelopers/errors", "Accept-Language: en-GB"],
      ["GET /developers/errors", "Cookie: theme=system"],
      ["GET /developers/errors", "Cookie: theme=canary; locale=canary"],
      ["GET /developers/errors", "Cookie: locale=en", "Accept-Language: fr"],
    ];
    for (const [line = "", ...fields] of same) expect((await ask(line, ...fields)).status).toBe(200);
    expect(seen).toHaveLength(1);
    const others = [
      ["GET /developers/errors", "Cookie: locale=fr"],
      ["GET /developers/errors", "Cookie: theme=light"],
      ["GET /developers/errors", "Cookie: theme=dark"],
      ["GET /developers"],
      ["GET /developers/reference"],
      ["GET /developers/reference/createRoom"],
      ["GET /developers/reference/listRooms"],
    ];
    for (const [line = "", ...fields] of [...others, ...others]) await ask(line, ...fields);
    expect(seen).toHaveLength(1 + others.length);
  });

  it("is rendered once for all who ask while it is rendered", async () => {
    const { ask, seen } = await documentsOf();
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask("GET /developers")));
    expect([answers.map(({ status }) => status), seen.length]).toEqual([[200, 200, 200, 200], 1]);
  });

  it("has no body for HEAD and the fields of GET", async () => {
    const { ask } = await documentsOf();
    const get = await ask("GET /developers");
    const head = await ask("HEAD /developers");
    expect([head.status, head.body, head.headers.get("content-length")]).toEqual([200, "", String(get.body.length)]);
  });

  it("is not rendered as a payload: the browser is left to load it, and nothing is kept of that", async () => {
    const { ask, seen } = await documentsOf();
    const { status, body } = await ask("GET /developers?_rsc=1", "RSC: 1", "Next-Router-Prefetch: 1");
    expect([status, body, seen.length]).toEqual([204, "", 0]);
  });

  it.each([
    ["a member of staff, around whose page is the portal", "GET /developers", ["Cookie: staff"]],
    ["an action", "POST /developers", ["Content-Length: 0"]],
    ["another page", "GET /developers/others", []],
    ["an operation that does not exist", "GET /developers/reference/x", []],
    ["a page below", "GET /developers/reference/createRoom/x", []],
    ["the front page", "GET /", []],
  ])("is not what answers %s", async (_title, line, fields) => {
    const { ask, seen } = await documentsOf();
    for (let time = 0; time < 2; time += 1) await ask(line, "User-Agent: theirs", ...fields);
    expect(seen.map(({ url, headers }) => [url, headers["user-agent"]])).toEqual(
      Array(2).fill([line.split(" ")[1], "theirs"]),
    );
  });

  it.each<[string, Render]>([
    [
      "404",
      (_seen, response) => {
        response.statusCode = 404;
        response.setHeader("Content-Type", "text/html");
        response.end("gone");
      },
    ],
    [
      "503",
      (_seen, response) => {
        response.writeHead(503, { "Retry-After": "5", "Content-Type": "text/html" });
        response.end("later");
      },
    ],
    ["what is no HTML", (_seen, response) => void response.setHeader("Content-Type", "text/plain").end("text")],
  ])("is not kept when it is %s, which is passed on as it is", async (_title, bad) => {
    let render = bad;
    const { ask, seen } = await documentsOf((...given) => render(...given));
    const first = await ask("GET /developers");
    expect(["gone", "later", "text"]).toContain(first.body);
    expect([404, 503, 200]).toContain(first.status);
    expect(first.headers.get("retry-after")).toBe(first.status === 503 ? "5" : undefined);
    render = page;
    expect((await ask("GET /developers")).body).toContain("<html");
    expect((await ask("GET /developers")).body).toContain("<html");
    expect(seen).toHaveLength(2);
  });

  it("is not kept when rendering fails: the failure goes where it went before, and the next one renders anew", async () => {
    const error = new Error("broken");
    let render: Render = () => {
      throw error;
    };
    const { ask, failures } = await documentsOf((...given) => render(...given));
    expect((await ask("GET /developers")).status).toBe(500);
    render = page;
    expect([(await ask("GET /developers")).status, failures]).toEqual([200, [error]]);
  });
});
