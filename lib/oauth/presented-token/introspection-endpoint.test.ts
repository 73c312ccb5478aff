import { describe, expect, it } from "vitest";
import { OAuthError } from "../oauth-error";
import { createForge } from "../testing/forge-token";
import { createTokenService, credentialsOf, RIVAL } from "../testing/presented-token-doubles";
import { ALICE_ID, AUDIENCE, ISSUER, NOW_SECONDS, readAnswer, refusalAnswer } from "../testing/token-endpoint-doubles";

const HEADERS = {
  "cache-control": "no-store",
  "content-type": "application/json",
  pragma: "no-cache",
  "x-content-type-options": "nosniff",
};
const INACTIVE = { status: 200, headers: HEADERS, body: { active: false } };
const ACTIVE_BODY = {
  active: true,
  scope: "rooms:list rooms:create",
  client_id: "calendar",
  username: "alice@example.com",
  sub: ALICE_ID,
  aud: AUDIENCE,
  iss: ISSUER,
  exp: NOW_SECONDS + 3600,
  iat: NOW_SECONDS,
  jti: "token-id-000000000000000001",
  token_type: "Bearer",
};

// Conformance: I02
describe("an active token of the client's own", () => {
  it("is described by exactly these members", async () => {
    const { forge, introspect, reports } = await createTokenService();
    const answer = await introspect({ token: await forge.sign() });
    expect(await readAnswer(answer)).toEqual({ status: 200, headers: HEADERS, body: ACTIVE_BODY });
    expect(reports).toEqual(["active"]);
  });

  it("is described whatever the hint says", async () => {
    const { forge, introspect } = await createTokenService();
    const answer = await introspect({ token: await forge.sign(), token_type_hint: "refresh_token" });
    expect((await readAnswer(answer)).body).toEqual(ACTIVE_BODY);
  });

  it.each([
    [["rooms:list"], "rooms:list"],
    [[], ""],
  ])("shows the scopes it is good for now, not those it was issued with: %j", async (scopes, scope) => {
    const { forge, introspect } = await createTokenService({
      introspection: { readLiveState: async () => ({ isLive: true, scopes, email: "alice@example.com" }) },
    });
    const answer = await introspect({ token: await forge.sign() });
    expect((await readAnswer(answer)).body).toEqual({ ...ACTIVE_BODY, scope });
  });
});

const foreign = await (await createForge()).sign();

// Conformance: I03
describe("says exactly the same, and nothing else, of", () => {
  it.each([
    ["garbage", "garbage", "not_compact_jws"],
    ["a token signed by somebody else", foreign, "unknown_key"],
    ["an endless token", "a".repeat(5000), "token_too_long"],
  ])("%s", async (_title, token, reason) => {
    const { introspect, reports } = await createTokenService();
    expect(await readAnswer(await introspect({ token }))).toEqual(INACTIVE);
    expect(reports).toEqual([`inactive ${reason}`]);
  });

  it.each([
    ["an expired token", { iat: NOW_SECONDS - 3700, nbf: NOW_SECONDS - 3700, exp: NOW_SECONDS - 100 }, "expired"],
    ["a token of another issuer", { iss: "https://other.example" }, "wrong_issuer"],
    ["a token for another audience", { aud: "https://other.example" }, "wrong_audience"],
    ["a token that is not valid yet", { nbf: NOW_SECONDS + 60 }, "not_yet_valid"],
  ])("%s", async (_title, payload, reason) => {
    const { forge, introspect, reports } = await createTokenService();
    expect(await readAnswer(await introspect({ token: await forge.sign({ payload }) }))).toEqual(INACTIVE);
    expect(reports).toEqual([`inactive ${reason}`]);
  });

  it("a token of another client, without asking for its state", async () => {
    const { forge, introspect, reports } = await createTokenService({
      introspection: { readLiveState: () => Promise.reject(new Error("must not be asked")) },
    });
    const answer = await introspect({ token: await forge.sign() }, { headers: credentialsOf(RIVAL) });
    expect(await readAnswer(answer)).toEqual(INACTIVE);
    expect(reports).toEqual(["inactive token_of_another_client"]);
  });

  it("a revoked token", async () => {
    const { forge, introspect, revoke } = await createTokenService();
    const token = await forge.sign();
    await revoke({ token });
    expect(await readAnswer(await introspect({ token }))).toEqual(INACTIVE);
  });

  it("a token whose application was switched off", async () => {
    const { forge, introspect, reports } = await createTokenService({
      introspection: { readLiveState: async () => ({ isLive: false, reason: "application_inactive" }) },
    });
    expect(await readAnswer(await introspect({ token: await forge.sign() }))).toEqual(INACTIVE);
    expect(reports).toEqual(["inactive application_inactive"]);
  });
});

describe("when the state of a token cannot be read", () => {
  it("is not called active, and not called inactive either", async () => {
    const failure = new OAuthError("temporarily_unavailable", { reason: "database_unavailable" });
    const { forge, introspect, reports } = await createTokenService({
      introspection: { readLiveState: () => Promise.reject(failure) },
    });
    expect(await readAnswer(await introspect({ token: await forge.sign() }))).toEqual(
      refusalAnswer(503, "temporarily_unavailable", "The server cannot answer now. Try again later.", {
        "retry-after": "5",
      }),
    );
    expect(reports).toEqual(["temporarily_unavailable database_unavailable"]);
  });

  it("the answer to a bug of ours is 500", async () => {
    const { forge, introspect } = await createTokenService({
      introspection: { readLiveState: () => Promise.reject(new Error("bug")) },
    });
    expect((await introspect({ token: await forge.sign() })).status).toBe(500);
  });
});
