import { describe, expect, it } from "vitest";
import { JSON_BODY_BYTES_MAX, readJsonBody } from "./json-body";
import { HttpProblem, type ProblemOptions, problemResponse } from "./problem";

function post(
  body: BodyInit | null,
  headers: Record<string, string> = { "Content-Type": "application/json" },
): Request {
  const init: RequestInit & { duplex: "half" } = { method: "POST", body, headers, duplex: "half" };
  return new Request("http://localhost/", init);
}

async function refusalOf(request: Request): Promise<ProblemOptions> {
  const thrown: unknown = await readJsonBody(request).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof HttpProblem)) throw new Error(`not refused: ${String(thrown)}`);
  return thrown.problem;
}

describe("readJsonBody", () => {
  it("reads an object", async () => {
    expect(await readJsonBody(post('{"a":{"b":[1]},"é":"ü"}'))).toEqual({ a: { b: [1] }, é: "ü" });
  });

  it.each([
    ["no body and no media type", new Request("http://localhost/", { method: "POST" })],
    ["an empty body", post("")],
    ["an empty body without a media type", post(new Uint8Array(), {})],
    ["an empty body of a form", post("", { "Content-Type": "application/x-www-form-urlencoded" })],
    ["an empty body of text", post("", { "Content-Type": "text/plain;charset=latin1" })],
    ["an empty body with an empty media type", post("", { "Content-Type": "" })],
    ["an empty body in a coding", post("", { "Content-Encoding": "gzip" })],
  ])("takes %s for the empty object", async (_title, request) => {
    expect(await readJsonBody(request)).toEqual({});
  });

  it.each([
    "application/json",
    "Application/JSON",
    "application/json; charset=UTF-8",
    'application/json;charset="utf-8"',
    "application/json;charset=utf8",
    "application/json ; Charset=Utf-8",
    "application/json;",
    "application/json; version=1; charset=utf-8",
    'application/json; note="a; charset=latin1 \\" b"',
  ])("reads %s", async (type) => {
    expect(await readJsonBody(post("{}", { "Content-Type": type }))).toEqual({});
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/problem+json",
    "application/json; charset=latin1",
    "application/json;charset=",
    "application/json; version=1; CHARSET=utf-16",
    "application/json, application/json",
    "",
  ])("refuses media type %j with 415 and says what it reads", async (type) => {
    const problem = await refusalOf(post("{}", { "Content-Type": type }));
    expect(problem).toMatchObject({ status: 415, headers: { "Accept-Post": "application/json" } });
  });

  it("refuses a body without a media type", async () => {
    expect(await refusalOf(post(new TextEncoder().encode("{}"), {}))).toMatchObject({
      status: 415,
      code: "media_type",
    });
  });

  it.each(["gzip", "br", "deflate", "identity, gzip"])(
    "refuses content coding %s without unpacking it",
    async (coding) => {
      const headers = { "Content-Type": "application/json", "Content-Encoding": coding };
      expect(await refusalOf(post("{}", headers))).toMatchObject({
        status: 415,
        code: "content_encoding",
        headers: { "Accept-Encoding": "identity" },
      });
    },
  );

  it.each([
    "{",
    "[]",
    "null",
    "1",
    '"x"',
    "{}{}",
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    "{a:1}",
    "\ufeff",
    "\ufeff\ufeff{}",
    " ",
  ])("refuses %j as malformed", async (text) => {
    expect(await refusalOf(post(text))).toMatchObject({ status: 400, code: "json_malformed" });
  });

  it("drops a byte order mark in front of the object", async () => {
    expect(await readJsonBody(post('\ufeff{"a":"\ufeff"}'))).toEqual({ a: "\ufeff" });
  });

  it.each(["identity", "Identity", "", "identity, identity"])("reads a body in the coding %j", async (coding) => {
    const headers = { "Content-Type": "application/json", "Content-Encoding": coding };
    expect(await readJsonBody(post('{"a":1}', headers))).toEqual({ a: 1 });
  });

  it.each([
    ["objects", '{"a":', "{}", "}"],
    ["lists", "[", "", "]"],
    ["objects in lists", '[{"a":', "1", "}]"],
  ])("refuses %s nested 5000 deep, and says how deep they may be", async (_title, open, inside, close) => {
    const text = `{"a":${open.repeat(5_000)}${inside || "1"}${close.repeat(5_000)}}`;
    expect(await refusalOf(post(text))).toMatchObject({
      status: 400,
      code: "json_malformed",
      detail: expect.stringContaining("32 objects and lists"),
    });
  });

  it("refuses what is not UTF-8", async () => {
    const bytes = Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    expect(await refusalOf(post(bytes))).toMatchObject({ status: 400, code: "body_not_utf8" });
  });

  it("keeps __proto__ a name like any other", async () => {
    const body = await readJsonBody(post('{"__proto__":{"x":1}}'));
    expect(Object.keys(body)).toEqual(["__proto__"]);
    expect(Reflect.get(body, "x")).toBeUndefined();
  });

  it("takes exactly 64 KiB, and refuses one byte more", async () => {
    const filler = (size: number) => `{"a":"${"x".repeat(size - 8)}"}`;
    expect(await readJsonBody(post(filler(JSON_BODY_BYTES_MAX)))).toHaveProperty("a");
    expect(await refusalOf(post(filler(JSON_BODY_BYTES_MAX + 1)))).toMatchObject({ status: 413 });
  });

  // Conformance: H05
  it("refuses a declared size without reading anything", async () => {
    let pulled = 0;
    const endless = new ReadableStream(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(1024));
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { "Content-Type": "application/json", "Content-Length": String(JSON_BODY_BYTES_MAX + 1) };
    expect(await refusalOf(post(endless, headers))).toMatchObject({ status: 413, code: "body_too_large" });
    expect(pulled).toBe(0);
  });

  // Conformance: H05
  it("stops reading an endless body as soon as it is too large", async () => {
    let pulled = 0;
    let isCancelled = false;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
      cancel() {
        isCancelled = true;
      },
    });
    expect(await refusalOf(post(endless))).toMatchObject({ status: 413 });
    expect(pulled).toBeLessThan(10);
    expect(isCancelled).toBe(true);
  });

  it("refuses a body that breaks off", async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.error(new Error("socket hang up"));
      },
    });
    expect(await refusalOf(post(broken))).toMatchObject({ status: 400, code: "body_unreadable" });
  });
});

describe("problemResponse", () => {
  // Conformance: E01, E02
  it("is problem JSON whose members fields cannot replace", async () => {
    const response = problemResponse({
      status: 400,
      code: "invalid",
      detail: "The request is not valid.",
      fields: { name: ["Too long."], status: ["200"], type: ["x"] },
    });
    expect(response.status).toBe(400);
    expect(response.headers).toEqual({
      "Cache-Control": "no-store",
      "Content-Type": "application/problem+json",
      "X-Content-Type-Options": "nosniff",
    });
    expect(JSON.parse(response.body ?? "")).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      detail: "The request is not valid.",
      code: "invalid",
      name: ["Too long."],
    });
  });
});
