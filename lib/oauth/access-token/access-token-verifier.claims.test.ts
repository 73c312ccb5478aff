import { beforeAll, describe, expect, it } from "vitest";
import { isOAuthError } from "../oauth-error";
import { createForge, SOUND_PAYLOAD } from "../testing/forge-token";
import { AUDIENCE, ISSUER, NOW, NOW_SECONDS } from "../testing/token-endpoint-doubles";
import { createAccessTokenVerifier } from "./access-token-verifier";

let forge: Awaited<ReturnType<typeof createForge>>;

beforeAll(async () => {
  forge = await createForge();
});

async function judge(payload: Record<string, unknown>) {
  return forge.judge(await forge.sign({ payload }));
}

/** A payload as text, for what JSON.stringify would not write. */
async function judgeText(change: (payload: string) => string) {
  return forge.judge(await forge.signText(JSON.stringify(forge.header), change(JSON.stringify(SOUND_PAYLOAD))));
}

describe("issuer and audience", () => {
  // Conformance: P05, W05
  it.each([[`${ISSUER}/`], [ISSUER.toUpperCase()], ["https://evil.example"], [undefined], [null], [""], [[ISSUER]]])(
    "refuses the issuer %j",
    async (iss) => {
      expect(await judge({ iss })).toBe("invalid_token 401 wrong_issuer");
    },
  );

  // Conformance: P05, R03, W05
  it.each([
    [`${AUDIENCE}/`],
    ["https://evil.example"],
    [undefined],
    [null],
    [""],
    [[]],
    [[AUDIENCE, "https://evil.example"]],
    [["https://evil.example", AUDIENCE]],
    [[AUDIENCE, AUDIENCE]],
    [[[AUDIENCE]]],
    [{ 0: AUDIENCE, length: 1 }],
  ])("refuses the audience %j", async (aud) => {
    expect(await judge({ aud })).toBe("invalid_token 401 wrong_audience");
  });

  it("accepts our audience as the only element of an array, which RFC 7519 §4.1.3 calls the general case", async () => {
    expect(await judge({ aud: [AUDIENCE] })).toBe("accepted");
  });
});

describe("required claims", () => {
  // Conformance: W11
  it.each([
    ["sub", "sub_malformed"],
    ["client_id", "client_id_malformed"],
    ["credential_id", "credential_id_malformed"],
    ["jti", "jti_malformed"],
    ["user_id", "user_id_differs"],
    ["delegated", "not_delegated"],
    ["act", "act_differs"],
    ["scope", "scope_malformed"],
    ["cv", "cv_malformed"],
    ["iat", "iat_malformed"],
    ["exp", "exp_malformed"],
    ["nbf", "nbf_malformed"],
  ])("refuses a token without %s, and one where it is null", async (name, reason) => {
    expect(await judge({ [name]: undefined })).toBe(`invalid_token 401 ${reason}`);
    expect(await judge({ [name]: null })).toBe(`invalid_token 401 ${reason}`);
  });

  it.each([
    // Conformance: P06
    ["a client id as sub", { sub: "calendar", user_id: "calendar" }, "sub_malformed"],
    ["a UUID in capitals", { sub: String(SOUND_PAYLOAD.sub).toUpperCase() }, "sub_malformed"],
    ["an array as sub", { sub: [SOUND_PAYLOAD.sub] }, "sub_malformed"],
    ["an empty client_id", { client_id: "" }, "client_id_malformed"],
    ["a short jti", { jti: "1" }, "jti_malformed"],
    ["an array as jti", { jti: [SOUND_PAYLOAD.jti] }, "jti_malformed"],
    ["user_id of another person", { user_id: "0193575a-0000-7000-8000-00000000b0b0" }, "user_id_differs"],
    ["delegated as text", { delegated: "true" }, "not_delegated"],
    ["delegated: false", { delegated: false }, "not_delegated"],
    ["delegated as 1", { delegated: 1 }, "not_delegated"],
    ["an actor that is another client", { act: { sub: "other" } }, "act_differs"],
    ["an actor chain", { act: { sub: "calendar", act: { sub: "other" } } }, "act_differs"],
    ["an actor as text", { act: "calendar" }, "act_differs"],
    ["scope as array", { scope: ["rooms:list"] }, "scope_malformed"],
    ["scope with two spaces", { scope: "rooms:list  rooms:create" }, "scope_malformed"],
    ["a version as text", { cv: "3" }, "cv_malformed"],
    ["a negative version", { cv: -1 }, "cv_malformed"],
    ["a token bound to a key", { cnf: { jkt: "x" } }, "token_is_bound"],
  ])("refuses %s", async (_title, payload, reason) => {
    expect(await judge(payload)).toBe(`invalid_token 401 ${reason}`);
  });

  it("ignores a claim that it does not know", async () => {
    expect(await judge({ future: "claim" })).toBe("accepted");
  });

  it("accepts the version of a credential that was never replaced", async () => {
    expect(await judge({ cv: 0 })).toBe("accepted");
  });
});

describe("times", () => {
  const at = (seconds: number) => NOW_SECONDS + seconds;

  it.each([
    ["5 s in the future", { iat: at(5), nbf: at(5), exp: at(3605) }],
    ["expired 4 s ago", { iat: at(-3604), nbf: at(-3604), exp: at(-4) }],
    ["good from the first second of 1970 on", { nbf: 0 }],
    ["valid for one more second", { iat: at(-3599), nbf: at(-3599), exp: at(1) }],
  ])("accepts a token %s", async (_title, payload) => {
    expect(await judge(payload)).toBe("accepted");
  });

  // Conformance: B11, W12
  it.each([
    ["nbf in two minutes", { nbf: at(120) }, "not_yet_valid"],
    ["nbf just beyond the leeway", { nbf: at(6) }, "not_yet_valid"],
    ["iat in an hour", { iat: at(3600), exp: at(7200) }, "issued_in_future"],
    ["iat just beyond the leeway", { iat: at(6), exp: at(60) }, "issued_in_future"],
    ["an expiry just beyond the leeway", { iat: at(-60), exp: at(-5) }, "expired"],
    ["a life above an hour", { exp: at(3601) }, "lifetime_refused"],
    ["an expiry at issuance", { exp: at(0) }, "lifetime_refused"],
    ["an expiry before issuance", { exp: at(-1) }, "lifetime_refused"],
    ["exp as text", { exp: "9999999999" }, "exp_malformed"],
    ["a negative exp", { exp: -1 }, "exp_malformed"],
    ["a fractional exp", { exp: at(60) + 0.5 }, "exp_malformed"],
    ["exp as array", { exp: [at(60)] }, "exp_malformed"],
    ["exp as boolean", { exp: true }, "exp_malformed"],
    ["nbf as text", { nbf: "0" }, "nbf_malformed"],
    ["a negative iat", { iat: -1 }, "iat_malformed"],
  ])("refuses %s", async (_title, payload, reason) => {
    expect(await judge(payload)).toBe(`invalid_token 401 ${reason}`);
  });

  // Conformance: W12
  it.each(["1e308", "1e999", "9007199254740993"])("refuses exp %s", async (number) => {
    expect(await judgeText((text) => text.replace(/"exp":\d+/, `"exp":${number}`))).toBe(
      "invalid_token 401 exp_malformed",
    );
  });
});

describe("payload text", () => {
  // Conformance: W13
  it.each([
    ["sub twice", (text: string) => text.replace("{", '{"sub":"evil",')],
    ["a member repeated through an escape", (text: string) => text.replace("{", '{"\\u0073ub":"evil",')],
    ["a repeated member inside act", (text: string) => text.replace('"act":{', '"act":{"sub":"evil",')],
    ["an array", (text: string) => `[${text}]`],
    ["no JSON", () => "sub=alice"],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
  ])("refuses %s", async (_title, change) => {
    expect(await judgeText(change)).toBe("invalid_token 401 payload_malformed");
  });
});

describe("answers", () => {
  // Conformance: B07
  it("gives one public sentence for every reason", async () => {
    const tokens = [
      "",
      "a.b.c",
      await forge.sign({ payload: { exp: 1 } }),
      await forge.sign({ payload: { iss: "x" } }),
    ];
    for (const token of tokens) {
      const error: unknown = await forge.verify(token).catch((thrown: unknown) => thrown);
      expect(isOAuthError(error) && error.description).toBe("The access token is invalid, expired or revoked.");
    }
  });

  it("does not call an outage of the key ring a bad token", async () => {
    const outage = new Error("key store down");
    const deps = { keyRing: () => Promise.reject(outage), issuer: ISSUER, audience: AUDIENCE, now: () => NOW };
    await expect(createAccessTokenVerifier(deps)(await forge.sign())).rejects.toBe(outage);
  });

  it("accepts nothing for another instance's issuer or audience", async () => {
    const deps = { keyRing: async () => forge.ring, now: () => NOW };
    const token = await forge.sign();
    const elsewhere = { issuer: "https://other.example", audience: AUDIENCE };
    await expect(createAccessTokenVerifier({ ...deps, ...elsewhere })(token)).rejects.toThrow("wrong_issuer");
    const otherAudience = { issuer: ISSUER, audience: "https://other.example" };
    await expect(createAccessTokenVerifier({ ...deps, ...otherAudience })(token)).rejects.toThrow("wrong_audience");
  });
});
