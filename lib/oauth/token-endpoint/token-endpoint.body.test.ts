import { describe, expect, it } from "vitest";
import { BODY_BYTES_MAX } from "../http/request-body";
import {
  BODY_CREDENTIALS,
  createTestServer,
  GOOD,
  NO_HEADER,
  readAnswer,
  refusalAnswer,
  successAnswer,
  TOKEN_URL,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

const ok = successAnswer(expect.any(String), "rooms:list rooms:create");
const form = new URLSearchParams(GOOD).toString();
const json = { headers: { "Content-Type": "application/json" } };
const ACCEPT_POST = { "accept-post": "application/x-www-form-urlencoded, application/json" };

async function answerTo(request: Request) {
  return readAnswer(await createTestServer().send(request));
}

function withType(contentType: string | undefined, body: string = form) {
  return tokenRequest(body, { headers: { "Content-Type": contentType } });
}

function withQuery(query: string, fields: Record<string, string> = GOOD) {
  return tokenRequest(fields, { url: `${TOKEN_URL}?${query}` });
}

describe("bodies that are accepted", () => {
  // Conformance: N17, N19, N21, N22
  it.each([
    ["unknown parameters", tokenRequest(`${form}&foo=bar&__proto__=x&constructor=y&hasOwnProperty=z`)],
    ["an unknown parameter twice", tokenRequest(`${form}&foo=1&foo=2`)],
    ["a form with a charset", withType("application/x-www-form-urlencoded; charset=UTF-8")],
    ["a form with a quoted charset", withType('Application/X-WWW-Form-Urlencoded;charset="utf-8"')],
    ["JSON", tokenRequest(JSON.stringify(GOOD), json)],
    ["JSON with a charset", withType("application/json; charset=utf-8", JSON.stringify(GOOD))],
    [
      "JSON credentials",
      tokenRequest(JSON.stringify({ ...GOOD, ...BODY_CREDENTIALS }), {
        headers: { ...json.headers, ...NO_HEADER.headers },
      }),
    ],
    [
      "JSON with __proto__ and constructor",
      tokenRequest(`{"__proto__":"x","constructor":"y",${JSON.stringify(GOOD).slice(1)}`, json),
    ],
    [
      "JSON with escapes",
      tokenRequest('{"grant_typ\\u0065":"client_credentials","scope":"alice\\u0040example.com"}', json),
    ],
    ["JSON with null for what is left out", tokenRequest(JSON.stringify({ ...GOOD, client_secret: null }), json)],
    ["JSON behind a byte order mark", tokenRequest(`\uFEFF${JSON.stringify(GOOD)}`, json)],
    ["a form behind a byte order mark", tokenRequest(`\uFEFF${form}`)],
    ["empty pairs", tokenRequest(`&&${form}&&`)],
    ["an unknown query parameter", withQuery("utm_source=docs")],
    ["exactly 16 KiB", tokenRequest(`${form}&filler=`.padEnd(BODY_BYTES_MAX, "x"))],
  ])("accepts %s", async (_title, request) => {
    expect(await answerTo(request)).toEqual(ok);
  });
});

describe("grant_type", () => {
  // Conformance: N12
  it.each([
    ["empty", { ...GOOD, grant_type: "" }],
    ["missing", { scope: GOOD.scope }],
  ])("refuses a request where it is %s", async (_title, fields) => {
    expect(await answerTo(tokenRequest(fields))).toEqual(
      refusalAnswer(400, "invalid_request", "The grant_type parameter is required."),
    );
  });
});

describe("parameters in the URL", () => {
  // Conformance: N13, N14
  it.each([
    ["right credentials", withQuery("client_id=calendar&client_secret=canary-1234")],
    ["an escaped name", withQuery("client%5Fsecret=canary-1234")],
    ["grant_type", withQuery("grant_type=client_credentials", { scope: GOOD.scope })],
    ["scope", withQuery("scope=alice%40example.com", { grant_type: GOOD.grant_type })],
    ["an empty client_secret", withQuery("client_secret=")],
    ["a resource", withQuery("resource=https://portal.example/api/external/rooms")],
    ["an access_token", withQuery("access_token=abc")],
    ["a password", withQuery("password=abc")],
  ])("refuses %s", async (_title, request) => {
    const server = createTestServer();
    const description = "Parameters must be sent in the request body, never in the URL.";
    expect(await readAnswer(await server.send(request))).toEqual(refusalAnswer(400, "invalid_request", description));
    expect(JSON.stringify(server.refused)).not.toContain("canary");
  });
});

describe("repeated parameters", () => {
  // Conformance: N18
  it.each([
    ["scope", `${form}&scope=bob%40example.com`],
    ["grant_type with the same value", `${form}&grant_type=client_credentials`],
    ["client_id", `${form}&client_id=calendar&client_id=calendar`],
    ["scope, once without a value", `${form}&scope=`],
    ["an escaped name", `${form}&sc%6Fpe=bob%40example.com`],
    ["client_secret", `${form}&client_secret=&client_secret=`],
  ])("refuses %s", async (_title, body) => {
    expect(await answerTo(tokenRequest(body))).toEqual(
      refusalAnswer(400, "invalid_request", "A parameter is included more than once."),
    );
  });
});

describe("JSON bodies that are refused", () => {
  const member = '"grant_type":"client_credentials","scope":"alice@example.com"';

  // Conformance: N23
  it.each([
    ["a repeated member", `{${member},"scope":"bob@example.com"}`],
    ["a member repeated through an escape", `{${member},"scop\\u0065":"bob@example.com"}`],
    ["an unknown member twice", `{${member},"a":"1","a":"2"}`],
    ["__proto__ twice", `{${member},"__proto__":"1","__proto__":"2"}`],
    ["a top-level array", `[{${member}}]`],
    ["a top-level string", '"grant_type"'],
    ["null", "null"],
    ["an empty body", ""],
    ["a cut object", `{${member}`],
    ["a second byte order mark", `\uFEFF\uFEFF{${member}}`],
    ["an object in 33 others", `{${member},"a":${'{"a":'.repeat(33)}1${"}".repeat(33)}}`],
    ["a trailing comma", `{${member},}`],
    ["a form in disguise", form],
  ])("refuses %s as a malformed object", async (_title, body) => {
    expect(await answerTo(tokenRequest(body, json))).toEqual(
      refusalAnswer(400, "invalid_request", "The JSON body must be one object without repeated members."),
    );
  });

  // Conformance: N23
  it.each([
    ["an object in place of client_id", `{${member},"client_id":{"startsWith":"a"}}`],
    ["an array", '{"grant_type":["client_credentials"],"scope":"alice@example.com"}'],
    ["a number", `{${member},"client_secret":1}`],
    ["a nested unknown member", `{${member},"foo":{"bar":"baz"}}`],
    ["a boolean", `{${member},"foo":true}`],
  ])("refuses %s as a value", async (_title, body) => {
    expect(await answerTo(tokenRequest(body, json))).toEqual(
      refusalAnswer(400, "invalid_request", "Every member of the JSON body must be a string or null."),
    );
  });
});

describe("media types", () => {
  // Conformance: N24
  it.each([
    ["text/plain", "text/plain"],
    ["multipart/form-data", "multipart/form-data; boundary=x"],
    ["application/xml", "application/xml"],
    ["no Content-Type", undefined],
    ["a JSON suffix type", "application/problem+json"],
    ["two types at once", "application/json, application/x-www-form-urlencoded"],
    ["a type that only starts like ours", "application/jsonp"],
  ])("refuses %s with 415 and what is accepted", async (_title, contentType) => {
    expect(await answerTo(withType(contentType))).toEqual(
      refusalAnswer(415, "invalid_request", "The request body must be a form or a JSON object.", ACCEPT_POST),
    );
  });

  it.each(["iso-8859-1", "utf-16", "utf-7"])("refuses the charset %s", async (charset) => {
    expect(await answerTo(withType(`application/x-www-form-urlencoded; charset=${charset}`))).toEqual(
      refusalAnswer(415, "invalid_request", "The request body must be encoded in UTF-8.", ACCEPT_POST),
    );
  });

  it.each(["gzip", "br", "deflate", "x-gzip", "identity, gzip"])("refuses the content coding '%s'", async (coding) => {
    const request = tokenRequest(GOOD, { headers: { "Content-Encoding": coding } });
    expect(await answerTo(request)).toEqual(
      refusalAnswer(415, "invalid_request", "A content coding is not supported.", {
        ...ACCEPT_POST,
        "accept-encoding": "identity",
      }),
    );
  });
});

describe("forms that are refused", () => {
  it.each([
    ["a broken escape", `${form}&x=%zz`],
    ["a cut escape", `${form}&x=%4`],
    ["a broken escape in a name", `${form}&%=x`],
    ["escaped bytes that are not UTF-8", `${form}&x=%C3%28`],
    ["an escaped surrogate", `${form}&x=%ED%A0%80`],
  ])("refuses %s", async (_title, body) => {
    expect(await answerTo(tokenRequest(body))).toEqual(
      refusalAnswer(400, "invalid_request", "The form body is not valid."),
    );
  });
});
