import { describe, expect, it } from "vitest";
import { ASSERTION_SENTENCES, type AssertionSentence } from "../error-sentences";
import { assertionRequest, createClientKey } from "../testing/forge-assertion";
import {
  AUDIENCE,
  CALENDAR,
  CONTEXT,
  createTestServer,
  INVALID_CLIENT_ANSWER,
  ISSUER,
  NOW,
  NOW_SECONDS,
  readAnswer,
  refusalAnswer,
  TOKEN_URL,
} from "../testing/token-endpoint-doubles";

const key = await createClientKey();
const stranger = await createClientKey();
const kid = key.clientKey.publicJwk.kid;

function server() {
  return createTestServer({ applications: [{ ...CALENDAR, keys: [key.clientKey] }] });
}

type Changes = Parameters<typeof key.signClientAssertion>[0];

describe("a claim that is wrong", () => {
  const past = NOW_SECONDS - 6;
  const rows = [
    ["aud: the token endpoint", { payload: { aud: TOKEN_URL } }, "wrong_audience"],
    ["aud: issuer and another", { payload: { aud: [ISSUER, "https://other.example"] } }, "wrong_audience"],
    ["aud: the issuer twice", { payload: { aud: [ISSUER, ISSUER] } }, "wrong_audience"],
    ["aud: issuer with a slash", { payload: { aud: `${ISSUER}/` } }, "wrong_audience"],
    ["aud: the resource", { payload: { aud: AUDIENCE } }, "wrong_audience"],
    ["aud: an empty list", { payload: { aud: [] } }, "wrong_audience"],
    ["aud: a list in a list", { payload: { aud: [[ISSUER]] } }, "wrong_audience"],
    ["no aud", { payload: { aud: undefined } }, "wrong_audience"],
    ["no exp", { payload: { exp: undefined } }, "exp_malformed"],
    ["exp past", { payload: { exp: past, iat: undefined } }, "expired"],
    ["exp of just now, leeway included", { payload: { exp: NOW_SECONDS - 5 } }, "expired"],
    ["exp of five seconds ago to the millisecond", { payload: { exp: NOW.getTime() / 1000 - 5 } }, "expired"],
    ["exp of the first second of 1970", { payload: { exp: 0 } }, "expired"],
    ["nbf in the future", { payload: { nbf: NOW_SECONDS + 62 } }, "not_yet_valid"],
    ["exp as text", { payload: { exp: String(NOW_SECONDS + 60) } }, "exp_malformed"],
    ["exp without an end", { payload: { exp: 1e308 } }, "expires_too_late"],
    ["a negative exp", { payload: { exp: -1 } }, "exp_malformed"],
    ["iat in the future", { payload: { iat: NOW_SECONDS + 62 } }, "issued_in_future"],
    ["iat as text", { payload: { iat: String(NOW_SECONDS) } }, "iat_malformed"],
    ["iat of the first second of 1970", { payload: { iat: 0 } }, "issued_too_early"],
    ["nbf null", { payload: { nbf: null } }, "nbf_malformed"],
    ["exp in more than an hour", { payload: { exp: NOW_SECONDS + 3662 } }, "expires_too_late"],
    ["iat older than an hour", { payload: { iat: NOW_SECONDS - 3662 } }, "issued_too_early"],
    ["no jti", { payload: { jti: undefined } }, "jti_malformed"],
    ["an empty jti", { payload: { jti: "" } }, "jti_malformed"],
    ["a jti of 256 characters", { payload: { jti: "j".repeat(256) } }, "jti_malformed"],
    ["a jti with a NUL", { payload: { jti: "a\0b" } }, "jti_malformed"],
    ["a jti that is a number", { payload: { jti: 7 } }, "jti_malformed"],
  ] as [string, Changes, string][];
  const NAMES = { aud: /^wrong_audience$/, exp: /^exp/, iat: /^iss?ued|^iat/, nbf: /^n/, jti: /^jti/ };

  // Conformance: J02, J03, J04, J14
  it.each(rows)("is named to whoever has signed it: %s", async (_title, changes, reason) => {
    const { send, refused, issued } = server();
    const answer = await readAnswer(await send(assertionRequest(await key.signClientAssertion(changes))));
    const [claim] = Object.entries(NAMES).find(([, pattern]) => pattern.test(reason)) ?? [];
    const text = ASSERTION_SENTENCES[`claim_${claim}` as AssertionSentence];
    expect(text).toContain(`The ${claim} claim`);
    expect(answer).toEqual(refusalAnswer(401, "invalid_client", text));
    expect(refused).toEqual([{ code: "invalid_client", reason, context: CONTEXT }]);
    expect(issued).toEqual([]);
  });

  // Conformance: J14, N39
  it.each(rows)("is named to nobody else: %s", async (_title, changes) => {
    const { send, refused } = server();
    const header = { kid, ...changes?.header };
    const forged = assertionRequest(await stranger.signClientAssertion({ ...changes, header }));
    expect(await readAnswer(await send(forged))).toEqual(INVALID_CLIENT_ANSWER);
    expect(refused).toMatchObject([{ reason: "bad_signature" }]);
  });

  it("is named for the life that authlib and google-auth give, an hour, only through the audience", async () => {
    const payload = { exp: NOW_SECONDS + 3600, aud: TOKEN_URL };
    const answer = await readAnswer(await server().send(assertionRequest(await key.signClientAssertion({ payload }))));
    expect(answer).toEqual(refusalAnswer(401, "invalid_client", ASSERTION_SENTENCES.claim_aud));
  });
});
