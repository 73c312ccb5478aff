import { describe, expect, it } from "vitest";
import { ASSERTION_LENGTH_MAX, ASSERTION_LIFETIME_SECONDS_MAX } from "../client/assertion";
import { ASSERTION_SENTENCES } from "../error-sentences";
import { SIGNATURE_ALGORITHMS } from "../jose/jwk";
import { assertionRequest, createClientKey } from "../testing/forge-assertion";
import { base64UrlText } from "../testing/forge-token";
import {
  CALENDAR,
  CONTEXT,
  createTestServer,
  INVALID_CLIENT_ANSWER,
  ISSUER,
  NOW,
  NOW_SECONDS,
  readAnswer,
  refusalAnswer,
  successAnswer,
} from "../testing/token-endpoint-doubles";

const key = await createClientKey();
const second = await createClientKey("RS256");
const stranger = await createClientKey();
const withKeys = { ...CALENDAR, keys: [key.clientKey, second.clientKey] };
const ok = successAnswer(expect.any(String), "rooms:list rooms:create");
const kid = key.clientKey.publicJwk.kid;

function server(application = withKeys) {
  return createTestServer({ applications: [application] });
}

/** A sound assertion of exactly that length. */
async function assertionOf(length: number): Promise<string> {
  for (let characters = Math.floor(length / 2); ; characters += 1) {
    const text = await key.signClientAssertion({ payload: { filler: "x".repeat(characters) } });
    if (text.length >= length) return text.length === length ? text : expect.fail(`${text.length}`);
  }
}

type Changes = Parameters<typeof key.signClientAssertion>[0];

/** Now, to the millisecond. */
const exactly = NOW.getTime() / 1000;

describe("a client assertion that is accepted", () => {
  // Conformance: J01
  it.each(SIGNATURE_ALGORITHMS)("authenticates with %s, in the name of the key", async (alg) => {
    const own = await createClientKey(alg);
    const { send, issued, refused } = server({ ...CALENDAR, keys: [own.clientKey] });
    expect(await readAnswer(await send(assertionRequest(await own.signClientAssertion())))).toEqual(ok);
    expect(refused).toEqual([]);
    expect(issued).toMatchObject([{ method: "private_key_jwt", credentialId: own.clientKey.id, clientId: "calendar" }]);
  });

  // Conformance: W14
  it("authenticates with EdDSA, the older name of Ed25519, and of no other key", async () => {
    const own = await createClientKey("Ed25519");
    const header = { alg: "EdDSA" };
    const { send } = server({ ...CALENDAR, keys: [own.clientKey, key.clientKey] });
    expect(await readAnswer(await send(assertionRequest(await own.signClientAssertion({ header }))))).toEqual(ok);
    const named = { alg: "EdDSA", kid: undefined };
    expect(await readAnswer(await send(assertionRequest(await own.signClientAssertion({ header: named }))))).toEqual(
      ok,
    );
    const confused = assertionRequest(await key.signClientAssertion({ header }));
    expect(await readAnswer(await send(confused))).toEqual(INVALID_CLIENT_ANSWER);
  });

  // Conformance: J04, J07, J08
  it.each([
    ["the same client_id in the body", {}, { client_id: "calendar" }],
    ["the explicit type", { header: { typ: "client-authentication+jwt" } }, {}],
    ["the explicit type, spelt out", { header: { typ: "application/Client-Authentication+JWT" } }, {}],
    ["the type that libraries write on every JWT", { header: { typ: "JWT" } }, {}],
    ["no kid, where one key has the algorithm", { header: { kid: undefined } }, {}],
    ["header members that change nothing", { header: { x5t: "abc", cty: "JWT" } }, {}],
    ["claims that are not ours to judge", { payload: { client_id: "other", scope: "x", events: {} } }, {}],
    ["the issuer as the one member of a list", { payload: { aud: [ISSUER] } }, {}],
    ["neither iat nor nbf", { payload: { iat: undefined } }, {}],
    ["times with a fraction", { payload: { exp: NOW_SECONDS + 59.5, nbf: NOW_SECONDS - 0.5 } }, {}],
    ["an end in exactly an hour", { payload: { exp: NOW_SECONDS + 3600 } }, {}],
    ["iat of exactly an hour ago", { payload: { iat: NOW_SECONDS - 3600 } }, {}],
    ["a clock that is a minute ahead", { payload: { iat: NOW_SECONDS + 60, nbf: NOW_SECONDS + 60 } }, {}],
    ["an hour of life by a clock that is a minute ahead", { payload: { exp: NOW_SECONDS + 3660 } }, {}],
    [
      "an hour of life by a clock that is a minute behind",
      { payload: { iat: NOW_SECONDS - 60, exp: NOW_SECONDS + 3540 } },
      {},
    ],
    ["an end of four seconds ago, by a clock that is behind", { payload: { exp: NOW_SECONDS - 4 } }, {}],
    ["the latest end that there may be, to the millisecond", { payload: { exp: exactly + 60 + 3600 } }, {}],
    ["the oldest iat that there may be, to the millisecond", { payload: { iat: exactly - 60 - 3600 } }, {}],
    ["the latest start that there may be", { payload: { iat: exactly + 60, nbf: exactly + 60 } }, {}],
    ["a start in the first second of 1970", { payload: { nbf: 0 } }, {}],
    ["a jti of 255 characters", { payload: { jti: "j".repeat(255) } }, {}],
  ] as [string, Changes, Record<string, string>][])("accepts %s", async (_title, changes, fields) => {
    const request = assertionRequest(await key.signClientAssertion(changes), fields);
    expect(await readAnswer(await server().send(request))).toEqual(ok);
  });
});

describe("a client assertion that is refused", () => {
  // Conformance: J01, J08, J09, W05, W06, W08, W11, W12, W13
  it.each([
    ["iss of somebody else", { payload: { iss: "other" } }, "iss_differs_from_sub"],
    ["sub of somebody else", { payload: { sub: "other" } }, "iss_differs_from_sub"],
    ["no iss", { payload: { iss: undefined } }, "iss_differs_from_sub"],
    ["no sub", { payload: { sub: undefined } }, "sub_malformed"],
    ["a sub with a NUL", { payload: { sub: "a\0", iss: "a\0" } }, "sub_malformed"],
    ["a client nobody knows", { payload: { sub: "other", iss: "other" } }, "unknown_client"],
    ["the type of an access token", { header: { typ: "at+jwt" } }, "wrong_type"],
    ["the type of the other use", { header: { typ: "authorization-grant+jwt" } }, "wrong_type"],
    ["a type that is no text", { header: { typ: null } }, "wrong_type"],
    ["jku", { header: { jku: "https://evil.example/jwks" } }, "header_member_refused"],
    ["x5u", { header: { x5u: "https://evil.example/x5u" } }, "header_member_refused"],
    ["x5c", { header: { x5c: ["MIIB"] } }, "header_member_refused"],
    ["jwk, of the attacker", { header: { jwk: stranger.clientKey.publicJwk } }, "header_member_refused"],
    ["crit", { header: { crit: ["x"], x: 1 } }, "header_member_refused"],
    ["b64", { header: { b64: false } }, "header_member_refused"],
    ["a kid that is a path", { header: { kid: "../../etc/passwd" } }, "unknown_key"],
    ["a kid that is a list", { header: { kid: [kid] } }, "kid_malformed"],
    ["the kid of the other key", { header: { kid: second.clientKey.publicJwk.kid } }, "wrong_algorithm"],
  ] as [string, Changes, string][])(
    "answers %s with the one invalid_client answer",
    async (_title, changes, reason) => {
      const { send, refused, issued } = server();
      const request = assertionRequest(await key.signClientAssertion(changes));
      expect(await readAnswer(await send(request))).toEqual(INVALID_CLIENT_ANSWER);
      expect(refused).toEqual([{ code: "invalid_client", reason, context: CONTEXT }]);
      expect(issued).toEqual([]);
    },
  );

  // Conformance: J07
  it("refuses a client_id in the body that differs from sub", async () => {
    const { send, refused } = server();
    const request = assertionRequest(await key.signClientAssertion(), { client_id: "other" });
    expect(await readAnswer(await send(request))).toEqual(INVALID_CLIENT_ANSWER);
    expect(refused).toMatchObject([{ reason: "client_id_mismatch" }]);
  });

  it("refuses an assertion under a type that is not its own, or alone", async () => {
    const assertion = await key.signClientAssertion();
    for (const client_assertion_type of ["urn:ietf:params:oauth:client-assertion-type:saml2-bearer", "x", ""]) {
      const request = assertionRequest(assertion, { client_assertion_type });
      expect(await readAnswer(await server().send(request))).toEqual(INVALID_CLIENT_ANSWER);
    }
    const { send, refused } = server();
    expect(await readAnswer(await send(assertionRequest("")))).toEqual(INVALID_CLIENT_ANSWER);
    expect(refused).toMatchObject([{ reason: "client_assertion_missing" }]);
  });

  // Conformance: J06
  it("refuses a signature of another key under a registered kid", async () => {
    const forged = await stranger.signClientAssertion({ header: { kid } });
    expect(await readAnswer(await server().send(assertionRequest(forged)))).toEqual(INVALID_CLIENT_ANSWER);
  });

  // Conformance: J06, W01, W02
  it("refuses none, and the public key as an HMAC secret", async () => {
    const sound = await key.signClientAssertion();
    const payload = sound.split(".")[1] ?? "";
    const hmacHeader = base64UrlText(JSON.stringify({ alg: "HS256", kid }));
    const secret = new TextEncoder().encode(JSON.stringify(key.clientKey.publicJwk));
    const hmac = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const input = `${hmacHeader}.${payload}`;
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", hmac, new TextEncoder().encode(input)));
    const forged = [
      `${input}.${Buffer.from(mac).toString("base64url")}`,
      ...["none", "None", "nOnE"].map((alg) => `${base64UrlText(JSON.stringify({ alg, kid }))}.${payload}.AA`),
      `${base64UrlText(JSON.stringify({ alg: "none" }))}.${payload}.`,
    ];
    for (const assertion of forged) {
      expect(await readAnswer(await server().send(assertionRequest(assertion)))).toEqual(INVALID_CLIENT_ANSWER);
    }
  });

  // Conformance: J06
  it("refuses RS256 of an RSA key that is registered for PS256", async () => {
    const ps = await createClientKey("PS256");
    const forged = await ps.signClientAssertion({ header: { alg: "RS256" } });
    const { send } = server({ ...CALENDAR, keys: [ps.clientKey] });
    expect(await readAnswer(await send(assertionRequest(forged)))).toEqual(INVALID_CLIENT_ANSWER);
  });

  it("asks for a kid where two keys share the algorithm", async () => {
    const { send, refused } = server({ ...CALENDAR, keys: [key.clientKey, stranger.clientKey] });
    const request = assertionRequest(await key.signClientAssertion({ header: { kid: undefined } }));
    expect(await readAnswer(await send(request))).toEqual(INVALID_CLIENT_ANSWER);
    expect(refused).toMatchObject([{ reason: "kid_needed" }]);
  });

  // Conformance: W13
  it("refuses repeated members, in the header and in the payload", async () => {
    const header = `{"alg":"ES256","kid":"${kid}"}`;
    const payload = `"iss":"calendar","sub":"calendar","aud":"${ISSUER}","exp":${NOW_SECONDS + 60},"jti":"x"`;
    expect((await server().send(assertionRequest(await key.signText(header, `{${payload}}`)))).status).toBe(200);
    for (const [first, then] of [
      [`{"kid":"other","alg":"ES256","kid":"${kid}"}`, `{${payload}}`],
      [header, `{"sub":"other",${payload}}`],
      [header, `{"ja":1,"j\\u0061":2,${payload}}`],
    ] as const) {
      const request = assertionRequest(await key.signText(first, then));
      expect(await readAnswer(await server().send(request))).toEqual(INVALID_CLIENT_ANSWER);
    }
  });

  // Conformance: W09, W10
  it("refuses what is not three parts of base64url, and what is too long", async () => {
    const sound = await key.signClientAssertion();
    const long = await assertionOf(ASSERTION_LENGTH_MAX + 1);
    for (const text of ["x", "a.b", "a.b.c.d.e", `${sound}.`, ` ${sound}`, `${sound}\n`, `\ufeff${sound}`, long]) {
      expect(await readAnswer(await server().send(assertionRequest(text)))).toEqual(INVALID_CLIENT_ANSWER);
    }
    expect((await server().send(assertionRequest(await assertionOf(ASSERTION_LENGTH_MAX)))).status).toBe(200);
  });
});

// Conformance: J05
describe("an assertion that was used", () => {
  it("is refused the second time, and its id with every other assertion of the client", async () => {
    const { send, refused } = server();
    const assertion = await key.signClientAssertion({ payload: { jti: "once" } });
    const other = await second.signClientAssertion({ payload: { jti: "once" } });
    expect((await send(assertionRequest(assertion))).status).toBe(200);
    const replayed = refusalAnswer(401, "invalid_client", ASSERTION_SENTENCES.claim_jti);
    expect(await readAnswer(await send(assertionRequest(assertion)))).toEqual(replayed);
    expect(await readAnswer(await send(assertionRequest(other)))).toEqual(replayed);
    expect(refused.map(({ reason }) => reason)).toEqual(["assertion_replayed", "assertion_replayed"]);
  });

  it("does not spend its id while it was not genuine", async () => {
    const { send } = server();
    const forged = await stranger.signClientAssertion({ header: { kid }, payload: { jti: "mine" } });
    expect((await send(assertionRequest(forged))).status).toBe(401);
    const genuine = await key.signClientAssertion({ payload: { jti: "mine" } });
    expect((await send(assertionRequest(genuine))).status).toBe(200);
  });

  it("is remembered for as long as it could be used", async () => {
    const ends: Date[] = [];
    const lifetime = ASSERTION_LIFETIME_SECONDS_MAX;
    const client = { ...CALENDAR.client, grantTypes: ["urn:ietf:params:oauth:grant-type:jwt-bearer" as const] };
    const recording = createTestServer({
      applications: [{ ...withKeys, client }],
      deps: { consumeAssertionId: async ({ expiresAt }) => ends.push(expiresAt) > 0 },
    });
    const assertion = await key.signGrantAssertion({ payload: { exp: NOW_SECONDS + lifetime } });
    const fields = { grant_type: client.grantTypes[0] ?? "", assertion, scope: "" };
    expect((await recording.send(assertionRequest(await key.signClientAssertion(), fields))).status).toBe(200);
    expect(ends).toEqual([new Date((NOW_SECONDS + lifetime + 5) * 1000)]);
  });
});

describe("the methods of an application", () => {
  it("answers a method that the application may not use as any other failure", async () => {
    const assertion = await key.signClientAssertion();
    const secretsOnly = server({ ...withKeys, methods: ["client_secret_basic"] });
    expect(await readAnswer(await secretsOnly.send(assertionRequest(assertion)))).toEqual(INVALID_CLIENT_ANSWER);
  });

  // Conformance: N08
  it("refuses an assertion beside a secret in the body, both right", async () => {
    const request = assertionRequest(await key.signClientAssertion(), {
      client_id: "calendar",
      client_secret: CALENDAR.secret,
    });
    expect(await readAnswer(await server().send(request))).toEqual(
      refusalAnswer(400, "invalid_request", "The client must authenticate in exactly one way."),
    );
  });
});
