import { describe, expect, it } from "vitest";
import type { PresentedCredentials } from "../ports";
import {
  BODY_CREDENTIALS,
  basic,
  CALENDAR,
  CHALLENGED_CLIENT_ANSWER,
  CONTEXT,
  createTestServer,
  failedAuthenticationOf,
  GOOD,
  NO_HEADER,
  readAnswer,
  refusalAnswer,
  successAnswer,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

const ok = successAnswer(expect.any(String), "rooms:list rooms:create");

function withAuthorization(Authorization: string, fields: Record<string, string> = {}) {
  return tokenRequest({ ...GOOD, ...fields }, { headers: { Authorization } });
}

describe("client authentication that is accepted", () => {
  // Conformance: N01, N02, N03, N06, N09, N11
  it.each([
    ["Basic header", tokenRequest(GOOD)],
    ["credentials in the body", tokenRequest({ ...GOOD, ...BODY_CREDENTIALS }, NO_HEADER)],
    ["a needlessly escaped letter", withAuthorization(`Basic ${btoa("calendar:%6D%3Aore%2B+of%25it")}`)],
    ["scheme basic", withAuthorization(basic("calendar", CALENDAR.secret).replace("Basic", "basic"))],
    ["scheme BASIC", withAuthorization(basic("calendar", CALENDAR.secret).replace("Basic", "BASIC"))],
    ["scheme bAsIc", withAuthorization(basic("calendar", CALENDAR.secret).replace("Basic", "bAsIc"))],
    ["the same client_id in header and body", tokenRequest({ ...GOOD, client_id: "calendar" })],
    ["an empty client_secret beside the header", tokenRequest({ ...GOOD, client_secret: "" })],
    ["an empty client_assertion beside the header", tokenRequest({ ...GOOD, client_assertion: "" })],
    ["an empty Authorization header beside body credentials", withAuthorization("", BODY_CREDENTIALS)],
  ])("accepts %s", async (_title, request) => {
    expect(await readAnswer(await createTestServer().send(request))).toEqual(ok);
  });

  // Conformance: N05
  it("splits the pair at the first colon, so that a secret may hold colons", async () => {
    const application = { ...CALENDAR, secret: "a:b:c" };
    const request = withAuthorization(`Basic ${btoa("calendar:a:b:c")}`);
    expect(await readAnswer(await createTestServer({ applications: [application] }).send(request))).toEqual(ok);
  });

  it("decodes after splitting, so that an escaped colon stays in the client id", async () => {
    const seen: PresentedCredentials[] = [];
    const server = createTestServer({
      deps: {
        async authenticateClient(credentials) {
          seen.push(credentials);
          return { ...CALENDAR.client, clientId: credentials.clientId };
        },
      },
    });
    await server.send(withAuthorization(`Basic ${btoa("urn%3Aapp+1:s%C3%A9cret")}`));
    await server.send(withAuthorization(`Basic ${btoa("urn%3Aapp+1:%41%2b")}`));
    await server.send(tokenRequest({ ...GOOD, client_id: "x", client_secret: "y z" }, NO_HEADER));
    expect(seen).toEqual([
      { clientId: "urn:app 1", clientSecret: "A+", method: "client_secret_basic" },
      { clientId: "x", clientSecret: "y z", method: "client_secret_post" },
    ]);
  });
});

describe("client authentication that fails", () => {
  // Conformance: N04, N05, N34, N37, N38, N39
  it.each([
    ["a broken escape in the secret", withAuthorization(`Basic ${btoa("calendar:%zz")}`), "basic_not_form_encoded"],
    ["a broken escape in the client id", withAuthorization(`Basic ${btoa("%zz:x")}`), "basic_not_form_encoded"],
    ["a cut escape", withAuthorization(`Basic ${btoa("calendar:abc%4")}`), "basic_not_form_encoded"],
    ["escaped bytes that are not UTF-8", withAuthorization(`Basic ${btoa("calendar:%FF")}`), "basic_not_form_encoded"],
    ["raw bytes that are not UTF-8", withAuthorization(`Basic ${btoa("calendar:\xff\xfe")}`), "basic_not_utf8"],
    ["an escaped NUL", withAuthorization(`Basic ${btoa("calendar:%00")}`), "credentials_malformed"],
    ["no colon", withAuthorization(`Basic ${btoa("calendar")}`), "basic_without_colon"],
    ["characters outside base64", withAuthorization("Basic Y2FsZW5kYXI6*w=="), "basic_not_base64"],
    ["base64url characters", withAuthorization("Basic Y2FsZW5kYXI6-_w="), "basic_not_base64"],
    [
      "base64 without padding",
      withAuthorization(`Basic ${btoa("calendar:ab").replaceAll("=", "")}`),
      "basic_not_base64",
    ],
    ["stray bits in the last character", withAuthorization("Basic YTpiYh=="), "basic_not_base64"],
    ["white space inside", withAuthorization("Basic Y2Fs ZW5kYXI6YQ=="), "basic_not_base64"],
    ["nothing after the scheme", withAuthorization("Basic"), "basic_without_colon"],
    ["an empty client id", withAuthorization(basic("", "s")), "credentials_malformed"],
    ["an empty secret", withAuthorization(basic("calendar", "")), "credentials_malformed"],
    ["a Bearer header", withAuthorization("Bearer abc"), "authorization_scheme_unsupported"],
    ["two Basic headers", withAuthorization("Basic YTpi, Basic YTpi"), "basic_not_base64"],
    [
      "a client_id without any secret",
      tokenRequest({ ...GOOD, client_id: "calendar" }, NO_HEADER),
      "client_secret_missing",
    ],
    [
      "an empty secret in the body",
      tokenRequest({ ...GOOD, client_id: "calendar", client_secret: "" }, NO_HEADER),
      "client_secret_missing",
    ],
    ["a secret without a client_id", tokenRequest({ ...GOOD, client_secret: "x" }, NO_HEADER), "client_id_missing"],
    ["no authentication at all", tokenRequest(GOOD, NO_HEADER), "client_id_missing"],
    [
      "a client_assertion without its type",
      tokenRequest({ ...GOOD, client_assertion: "a.b.c" }, NO_HEADER),
      "client_assertion_type_unsupported",
    ],
    [
      "a NUL in a body credential",
      tokenRequest({ ...GOOD, client_id: "calendar\0", client_secret: "x" }, NO_HEADER),
      "credentials_malformed",
    ],
    ["a wrong secret in the header", withAuthorization(basic("calendar", "wrong")), "secret_not_live"],
    [
      "a wrong secret in the body",
      tokenRequest({ ...GOOD, ...BODY_CREDENTIALS, client_secret: "wrong" }, NO_HEADER),
      "secret_not_live",
    ],
    ["an unknown client", withAuthorization(basic("unknown", CALENDAR.secret)), "unknown_client"],
    ["a client id in another case", withAuthorization(basic("Calendar", CALENDAR.secret)), "unknown_client"],
  ])("answers %s with the one invalid_client answer of its mechanism", async (_title, request, reason) => {
    const server = createTestServer();
    expect(await readAnswer(await server.send(request))).toEqual(failedAuthenticationOf(request));
    expect(server.refused).toEqual([{ code: "invalid_client", reason, context: CONTEXT }]);
    expect(server.issued).toEqual([]);
  });

  // Conformance: N39
  it("gives an inactive client with the right secret the same answer as a wrong secret", async () => {
    const server = createTestServer({ applications: [{ ...CALENDAR, isActive: false }] });
    expect(await readAnswer(await server.send(tokenRequest(GOOD)))).toEqual(CHALLENGED_CLIENT_ANSWER);
  });

  it("never names a client that has not proven who it is in the event", async () => {
    const server = createTestServer();
    await server.send(withAuthorization(basic("calendar", "wrong")));
    expect(server.refused[0]).not.toHaveProperty("clientId");
  });
});

describe("more than one way to authenticate", () => {
  const several = refusalAnswer(400, "invalid_request", "The client must authenticate in exactly one way.");

  // Conformance: N07, N08
  it.each([
    ["a header and a body secret, both right", tokenRequest({ ...GOOD, ...BODY_CREDENTIALS })],
    ["a header and a wrong body secret", tokenRequest({ ...GOOD, client_secret: "wrong" })],
    ["a header and a client_assertion", tokenRequest({ ...GOOD, client_assertion: "a.b.c" })],
    ["a header and a client_assertion_type", tokenRequest({ ...GOOD, client_assertion_type: "urn:x" })],
    [
      "a body secret and a client_assertion",
      tokenRequest({ ...GOOD, ...BODY_CREDENTIALS, client_assertion: "a" }, NO_HEADER),
    ],
    ["a Bearer header and a body secret", withAuthorization("Bearer abc", BODY_CREDENTIALS)],
    ["an unreadable header and a body secret", withAuthorization("Basic !", BODY_CREDENTIALS)],
  ])("refuses %s", async (_title, request) => {
    expect(await readAnswer(await createTestServer().send(request))).toEqual(several);
  });

  // Conformance: N10
  it("refuses a client_id in the body that differs from the header's", async () => {
    const answer = await readAnswer(await createTestServer().send(tokenRequest({ ...GOOD, client_id: "other" })));
    expect(answer).toEqual(
      refusalAnswer(400, "invalid_request", "The client identifiers in the header and in the body differ."),
    );
  });

  it("refuses to issue for a client other than the one that proved itself", async () => {
    const server = createTestServer({
      deps: { authenticateClient: async () => ({ ...CALENDAR.client, clientId: "somebody-else" }) },
    });
    expect((await server.send(tokenRequest(GOOD))).status).toBe(500);
    expect(server.refused).toEqual([{ code: "server_error", reason: "client_id_differs", context: CONTEXT }]);
  });
});
