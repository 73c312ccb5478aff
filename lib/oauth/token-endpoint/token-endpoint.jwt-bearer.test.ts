import { describe, expect, it } from "vitest";
import { claimSentence } from "../client/assertion";
import { JWT_BEARER_GRANT } from "../client/client-metadata";
import { ASSERTION_SENTENCES } from "../error-sentences";
import { OAuthError } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";
import { assertionRequest, createClientKey } from "../testing/forge-assertion";
import {
  ALICE_ID,
  AUDIENCE,
  BODY_CREDENTIALS,
  basic,
  CALENDAR,
  CHALLENGED_CLIENT_ANSWER,
  createTestServer,
  GOOD,
  INVALID_CLIENT_ANSWER,
  ISSUER,
  NO_HEADER,
  NOW_SECONDS,
  readAnswer,
  refusalAnswer,
  successAnswer,
  type TestApplication,
  TOKEN_URL,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

const key = await createClientKey();
const other = await createClientKey();
const signing: TestApplication = {
  ...CALENDAR,
  client: { ...CALENDAR.client, grantTypes: [JWT_BEARER_GRANT] },
  keys: [key.clientKey],
};
const ok = successAnswer(expect.any(String), "rooms:list rooms:create");
const invalidGrant = refusalAnswer(400, "invalid_grant", "The grant is invalid or expired.");
const usedBefore = refusalAnswer(400, "invalid_grant", ASSERTION_SENTENCES.claim_jti);

function server(changes: Partial<TestApplication["client"]> = {}, keys = signing.keys) {
  return createTestServer({ applications: [{ ...signing, client: { ...signing.client, ...changes }, keys }] });
}

function grantRequest(assertion: string, fields: Record<string, string> = {}) {
  return tokenRequest({ grant_type: JWT_BEARER_GRANT, assertion, ...fields });
}

type Changes = Parameters<typeof key.signGrantAssertion>[0];

describe("a signed delegation that is accepted", () => {
  // Conformance: J10
  it("gives a token for the person, in the name of the key that signed", async () => {
    const { send, issued, refused } = server();
    const response = await send(grantRequest(await key.signGrantAssertion()));
    const token: unknown = (await response.clone().json()).access_token;
    const payload = JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString());
    expect(await readAnswer(response)).toEqual(ok);
    expect(payload).toMatchObject({
      sub: ALICE_ID,
      client_id: "calendar",
      act: { sub: "calendar" },
      credential_id: key.clientKey.id,
    });
    expect(issued).toMatchObject([
      { grantType: JWT_BEARER_GRANT, method: "client_secret_basic", credentialId: key.clientKey.id },
    ]);
    expect(refused).toEqual([]);
  });

  // Conformance: J12
  it.each([
    ["aud: the issuer", { payload: { aud: ISSUER } }],
    ["aud: the token endpoint", { payload: { aud: TOKEN_URL } }],
    ["aud: the token endpoint as the one member of a list", { payload: { aud: [TOKEN_URL] } }],
    ["the explicit type", { header: { typ: "authorization-grant+jwt" } }],
    ["the type that libraries write on every JWT", { header: { typ: "JWT" } }],
    ["an address in another case", { payload: { sub: "Alice@Example.COM" } }],
  ] as [string, Changes][])("accepts %s", async (_title, changes) => {
    expect(await readAnswer(await server().send(grantRequest(await key.signGrantAssertion(changes))))).toEqual(ok);
  });

  it("narrows to the scopes that are asked for", async () => {
    const request = grantRequest(await key.signGrantAssertion(), { scope: "rooms:list" });
    expect(await readAnswer(await server().send(request))).toEqual(successAnswer(expect.any(String), "rooms:list"));
  });

  it("takes client credentials in the body as well", async () => {
    const fields = { grant_type: JWT_BEARER_GRANT, assertion: await key.signGrantAssertion(), ...BODY_CREDENTIALS };
    expect(await readAnswer(await server().send(tokenRequest(fields, NO_HEADER)))).toEqual(ok);
  });

  it("works beside a client assertion, each with an id of its own", async () => {
    const { send } = server();
    const fields = { grant_type: JWT_BEARER_GRANT, scope: "" };
    const sound = { ...fields, assertion: await key.signGrantAssertion() };
    expect(await readAnswer(await send(assertionRequest(await key.signClientAssertion(), sound)))).toEqual(ok);

    const shared = { payload: { jti: "shared" } };
    const assertion = await key.signGrantAssertion(shared);
    const request = assertionRequest(await key.signClientAssertion(shared), { ...fields, assertion });
    expect(await readAnswer(await send(request))).toEqual(usedBefore);
  });
});

describe("a signed delegation that is refused", () => {
  // Conformance: J09, J11, J12, J13
  it.each([
    ["expired", { payload: { exp: NOW_SECONDS - 6, iat: undefined } }, "expired"],
    ["without an end", { payload: { exp: undefined } }, "exp_malformed"],
    ["too long-lived", { payload: { exp: NOW_SECONDS + 3662 } }, "expires_too_late"],
    ["issued too long ago", { payload: { iat: NOW_SECONDS - 3662 } }, "issued_too_early"],
    ["not yet valid", { payload: { nbf: NOW_SECONDS + 62 } }, "not_yet_valid"],
    ["for both audiences at once", { payload: { aud: [ISSUER, TOKEN_URL] } }, "wrong_audience"],
    ["for the resource", { payload: { aud: AUDIENCE } }, "wrong_audience"],
    ["for nobody", { payload: { aud: undefined } }, "wrong_audience"],
    ["issued by another client", { payload: { iss: "other" } }, "iss_differs_from_client"],
    ["issued by nobody", { payload: { iss: undefined } }, "iss_malformed"],
    ["issued by an empty name", { payload: { iss: "" } }, "iss_malformed"],
    ["issued by a list of clients", { payload: { iss: ["calendar"] } }, "iss_malformed"],
    ["about nobody", { payload: { sub: "" } }, "sub_malformed"],
    ["about the client itself", { payload: { sub: "calendar" } }, "subject_malformed"],
    ["about a UUID", { payload: { sub: ALICE_ID } }, "subject_malformed"],
    ["about two people", { payload: { sub: "alice@example.com bob@example.com" } }, "subject_malformed"],
    ["about a list of people", { payload: { sub: ["alice@example.com"] } }, "sub_malformed"],
    ["without an id", { payload: { jti: undefined } }, "jti_malformed"],
    ["of the type of a client assertion", { header: { typ: "client-authentication+jwt" } }, "wrong_type"],
    ["of the type of an access token", { header: { typ: "at+jwt" } }, "wrong_type"],
    ["with a key of its own", { header: { jwk: other.clientKey.publicJwk } }, "header_member_refused"],
    ["with the address of a key", { header: { jku: "https://evil.example" } }, "header_member_refused"],
    ["under an unknown kid", { header: { kid: "x" } }, "unknown_key"],
    ["under another algorithm", { header: { alg: "RS256" } }, "wrong_algorithm"],
    ["under HMAC", { header: { alg: "HS256" } }, "wrong_algorithm"],
    ["under none", { header: { alg: "none" } }, "wrong_algorithm"],
  ] as [string, Changes, OAuthReason][])("refuses one that is %s", async (_title, changes, reason) => {
    const { send, refused, issued } = server();
    const answer = await readAnswer(await send(grantRequest(await key.signGrantAssertion(changes))));
    // The client is known, and the signature is its own: it is told which claim is wrong.
    const text = claimSentence(reason);
    expect(answer).toEqual(text === undefined ? invalidGrant : refusalAnswer(400, "invalid_grant", text));
    expect(refused).toMatchObject([{ code: "invalid_grant", reason, clientId: "calendar" }]);
    expect(issued).toEqual([]);
  });

  // Conformance: J13
  it("refuses one of a key that has ended", async () => {
    const answer = await readAnswer(await server({}, []).send(grantRequest(await key.signGrantAssertion())));
    expect(answer).toEqual(invalidGrant);
  });

  // Conformance: J13
  it("refuses one that another key has signed under a registered kid", async () => {
    const forged = await other.signGrantAssertion({ header: { kid: key.clientKey.publicJwk.kid } });
    expect(await readAnswer(await server().send(grantRequest(forged)))).toEqual(invalidGrant);
  });

  // Conformance: J11
  it("refuses a person outside the allowed domains, and says so", async () => {
    const { send } = server({ allowedDomains: ["other.example"] });
    expect(await readAnswer(await send(grantRequest(await key.signGrantAssertion())))).toEqual(
      refusalAnswer(400, "invalid_grant", "The application may not act for this e-mail domain."),
    );
  });

  it("stays an outage, and no fault of the grant, while the person cannot be looked for", async () => {
    const outage = new OAuthError("temporarily_unavailable", { reason: "database_unavailable" });
    const { send } = createTestServer({
      applications: [signing],
      deps: { resolveSubject: () => Promise.reject(outage) },
    });
    expect(await readAnswer(await send(grantRequest(await key.signGrantAssertion())))).toMatchObject({
      status: 503,
      body: { error: "temporarily_unavailable" },
    });
  });

  // Conformance: J13
  it.each(["staff@example.com", "nobody@example.com"])("refuses %s, who cannot be acted for", async (sub) => {
    const { send, refused } = server();
    expect(await readAnswer(await send(grantRequest(await key.signGrantAssertion({ payload: { sub } }))))).toEqual(
      refusalAnswer(400, "invalid_grant", "This person cannot be acted for."),
    );
    expect(refused).toMatchObject([{ reason: sub.startsWith("staff") ? "subject_is_staff" : "subject_unknown" }]);
  });

  it("is good for one token", async () => {
    const { send } = server();
    const assertion = await key.signGrantAssertion();
    expect((await send(grantRequest(assertion))).status).toBe(200);
    expect(await readAnswer(await send(grantRequest(assertion)))).toEqual(usedBefore);
  });

  it.each(["x", "a.b.c", "..", "{}"])("refuses '%s', which is no assertion", async (text) => {
    expect(await readAnswer(await server().send(grantRequest(text)))).toEqual(invalidGrant);
  });

  it("asks for the assertion when there is none", async () => {
    expect(await readAnswer(await server().send(grantRequest("")))).toEqual(
      refusalAnswer(400, "invalid_request", "The assertion parameter is required."),
    );
  });

  it("does not take a client assertion for a delegation, nor the reverse", async () => {
    const client = await key.signClientAssertion();
    expect(await readAnswer(await server().send(grantRequest(client)))).toEqual(invalidGrant);
    const delegation = await key.signGrantAssertion();
    const fields = { grant_type: JWT_BEARER_GRANT, assertion: delegation, scope: "" };
    expect(await readAnswer(await server().send(assertionRequest(delegation, fields)))).toEqual(INVALID_CLIENT_ANSWER);
  });
});

describe("the scope of a signed delegation", () => {
  const inScope = "The person to act for is named by the assertion, not by the scope.";
  it.each([
    ["an e-mail address", "alice@example.com", inScope],
    ["an e-mail address beside scopes", "rooms:list bob@example.com", inScope],
    ["two spaces", "rooms:list  rooms:create", "The scope parameter is malformed."],
    ["a scope that is not granted", "rooms:delete", "A requested scope is not granted to the application."],
  ])("refuses %s", async (_title, scope, description) => {
    const request = grantRequest(await key.signGrantAssertion(), { scope });
    expect(await readAnswer(await server().send(request))).toEqual(refusalAnswer(400, "invalid_scope", description));
  });

  it("does not cost the assertion when it is malformed", async () => {
    const { send } = server();
    const assertion = await key.signGrantAssertion();
    expect((await send(grantRequest(assertion, { scope: "alice@example.com" }))).status).toBe(400);
    expect((await send(grantRequest(assertion))).status).toBe(200);
  });
});

// Conformance: N41
describe("a grant that the application is not registered for", () => {
  const unauthorized = refusalAnswer(400, "unauthorized_client", "The client may not use this grant type.");

  it("refuses the JWT bearer grant, whatever the assertion", async () => {
    for (const assertion of [await key.signGrantAssertion(), "x", ""]) {
      const { send, refused } = createTestServer({ applications: [{ ...CALENDAR, keys: [key.clientKey] }] });
      expect(await readAnswer(await send(grantRequest(assertion)))).toEqual(unauthorized);
      expect(refused).toMatchObject([{ reason: "grant_type_not_registered", clientId: "calendar" }]);
    }
  });

  it("refuses client credentials where only signed delegations are allowed", async () => {
    expect(await readAnswer(await server().send(tokenRequest(GOOD)))).toEqual(unauthorized);
  });

  it("tells it to nobody but the client", async () => {
    const request = tokenRequest(GOOD, { headers: { Authorization: basic("calendar", "wrong") } });
    expect(await readAnswer(await server().send(request))).toEqual(CHALLENGED_CLIENT_ANSWER);
  });
});
