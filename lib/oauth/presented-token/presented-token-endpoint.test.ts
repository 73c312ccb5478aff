import { describe, expect, it } from "vitest";
import { CLIENT_ASSERTION_TYPE } from "../client/client-metadata";
import { createTokenService, INTROSPECTION_URL, REVOCATION_URL } from "../testing/presented-token-doubles";
import {
  BODY_CREDENTIALS,
  basic,
  CALENDAR,
  CHALLENGED_CLIENT_ANSWER,
  INVALID_CLIENT_ANSWER,
  NO_HEADER,
  readAnswer,
  refusalAnswer,
} from "../testing/token-endpoint-doubles";
import { createRevocationEndpoint } from "./revocation-endpoint";

const service = await createTokenService();
const token = await service.forge.sign();
const endpoints = [
  ["revocation", service.revoke, service.send.revoke, REVOCATION_URL],
  ["introspection", service.introspect, service.send.introspect, INTROSPECTION_URL],
] as const;

describe.each(endpoints)("the %s endpoint", (_name, ask, send, url) => {
  // Conformance: I01, N38, V04
  it.each([
    ["no credentials at all", NO_HEADER, {}],
    ["a wrong secret in the body", NO_HEADER, { ...BODY_CREDENTIALS, client_secret: "wrong" }],
    ["an unknown client in the body", NO_HEADER, { ...BODY_CREDENTIALS, client_id: "nobody" }],
    ["an assertion that is none", NO_HEADER, { client_assertion: "x", client_assertion_type: CLIENT_ASSERTION_TYPE }],
    ["a wrong secret", { headers: { Authorization: basic("calendar", "wrong") } }, {}],
    ["an unknown client", { headers: { Authorization: basic("nobody", CALENDAR.secret) } }, {}],
    ["a bearer token in place of credentials", { headers: { Authorization: `Bearer ${token}` } }, {}],
    ["malformed credentials", { headers: { Authorization: "Basic %" } }, {}],
  ])("refuses %s with the one answer for a failed authentication, challenged only in a header", async (...row) => {
    const [, options, fields] = row;
    const expected = options === NO_HEADER ? INVALID_CLIENT_ANSWER : CHALLENGED_CLIENT_ANSWER;
    expect(await readAnswer(await ask({ token, ...fields }, options))).toEqual(expected);
  });

  // Conformance: I01, V04
  it("asks who it is before it looks at what is sent, so a stranger learns nothing", async () => {
    expect(await readAnswer(await ask({}, NO_HEADER))).toEqual(INVALID_CLIENT_ANSWER);
    expect(await readAnswer(await ask({ token: "junk" }, NO_HEADER))).toEqual(INVALID_CLIENT_ANSWER);
  });

  it("takes the credentials from the body as well, but not from both places", async () => {
    expect((await ask({ token: "junk", ...BODY_CREDENTIALS }, NO_HEADER)).status).toBe(200);
    expect(await readAnswer(await ask({ token, ...BODY_CREDENTIALS }))).toEqual(
      refusalAnswer(400, "invalid_request", "The client must authenticate in exactly one way."),
    );
  });

  // Conformance: V06
  it.each([
    ["missing", ""],
    ["empty", "token="],
  ])("refuses a token that is %s", async (_title, form) => {
    expect(await readAnswer(await ask(form))).toEqual(
      refusalAnswer(400, "invalid_request", "The token parameter is required."),
    );
    expect(service.reports.at(-1)).toBe("invalid_request token_missing");
  });

  it.each(["token=a&token=a", "token=a&token=", "token=a&token_type_hint=x&token_type_hint=x"])(
    "refuses a repeated parameter: %s",
    async (form) => {
      expect(await readAnswer(await ask(form))).toEqual(
        refusalAnswer(400, "invalid_request", "A parameter is included more than once."),
      );
    },
  );

  it.each(["token", "token_type_hint", "client_secret", "access_token"])(
    "refuses %s in the query, whatever the body says",
    async (name) => {
      const answer = await ask({ token }, { url: `${url}?${name}=${token}` });
      expect(await readAnswer(answer)).toEqual(
        refusalAnswer(400, "invalid_request", "Parameters must be sent in the request body, never in the URL."),
      );
    },
  );

  // Conformance: I04
  it.each(["GET", "PUT", "PATCH", "DELETE"])("refuses %s, even with a token in the query", async (method) => {
    const request = new Request(`${url}?token=${token}`, { method });
    expect(await readAnswer(await send(request))).toEqual(
      refusalAnswer(405, "invalid_request", "The method is not allowed here.", { allow: "POST, OPTIONS" }),
    );
  });

  it("answers HEAD like GET without the body, and OPTIONS without any CORS field", async () => {
    const head = await readAnswer(await send(new Request(url, { method: "HEAD" })));
    expect([head.status, head.body]).toEqual([405, null]);
    const request = new Request(url, { method: "OPTIONS", headers: { Origin: "https://evil.example" } });
    expect(await readAnswer(await send(request))).toEqual({
      status: 204,
      headers: { allow: "POST, OPTIONS", "cache-control": "no-store", pragma: "no-cache" },
      body: null,
    });
  });

  it("bounds and types its body like the token endpoint", async () => {
    expect((await ask(`token=${"a".repeat(17_000)}`)).status).toBe(413);
    expect((await ask("token=a", { headers: { "Content-Type": "text/plain" } })).status).toBe(415);
    const json = { headers: { "Content-Type": "application/json" } };
    expect((await ask(JSON.stringify({ token: "junk" }), json)).status).toBe(200);
    expect((await ask(JSON.stringify({ token: { $ne: "" } }), json)).status).toBe(400);
  });

  it("never repeats what it was sent", async () => {
    for (const fields of ["token=canary", "token_type_hint=canary", "client_id=canary&token=x"]) {
      expect(JSON.stringify(await readAnswer(await ask(fields)))).not.toContain("canary");
    }
  });
});

it("does not start with a realm that no header can carry", async () => {
  const { revokeToken, ...nothing } = {
    revokeToken: async () => true,
    onTokenRevoked() {},
    onRevocationIgnored() {},
    onRevocationRefused() {},
    now: () => new Date(),
    issuer: "",
    audience: "",
    keyRing: async () => service.forge.ring,
    authenticateClient: async () => CALENDAR.client,
  };
  expect(() => createRevocationEndpoint({ ...nothing, revokeToken, realm: "a\nb" })).toThrow(TypeError);
});
