import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LyingProvider, startLyingProvider } from "@/e2e/support/lying-provider";
import { beginAuthorization } from "./begin-authorization";
import { completeAuthorization } from "./complete-authorization";
import { OpenIdError } from "./openid-error";

const REDIRECT = "http://localhost:3000/api/auth/organisation/callback";

let provider: LyingProvider;
beforeEach(async () => {
  provider = await startLyingProvider();
});
afterEach(() => provider.close());

/** Signs in at a provider that answers as `provider.lie` says, and returns the identity or what was thrown. */
async function signIn() {
  const settings = {
    issuer: provider.issuer,
    clientId: "vestibule-portal",
    clientSecret: "canary-client-secret",
    buttonLabel: undefined,
    roleClaim: "groups",
    roleMap: { staff: "viewer" } as const,
  };
  const { url, secrets } = await beginAuthorization(settings, { redirectUri: REDIRECT, isFresh: true });
  expect(url.searchParams.get("prompt")).toBe("login");
  expect(url.searchParams.get("max_age")).toBe("0");
  provider.nonce = secrets.nonce;
  const answer = new URL(`${REDIRECT}?code=canary-code&state=${secrets.state}`);
  return completeAuthorization(settings, answer, secrets).catch((error: unknown) => error);
}

describe("completeAuthorization", () => {
  it("returns who the token is about", async () => {
    expect(await signIn()).toEqual({
      issuer: provider.issuer,
      subject: "ana",
      email: "ana@example.org",
      isEmailVerified: true,
      name: "Ana",
      roleValues: ["staff"],
      authenticatedAt: new Date(1_700_000_000_000),
    });
  });

  it("takes a claim that is one text for a list of one, and leaves out what is no text", async () => {
    provider.lie = { claims: { groups: "staff" } };
    expect(await signIn()).toMatchObject({ roleValues: ["staff"] });
    provider.lie = { claims: { groups: [1, { staff: true }, "desk"], email_verified: "true", auth_time: undefined } };
    expect(await signIn()).toMatchObject({ roleValues: ["desk"], isEmailVerified: false, authenticatedAt: undefined });
  });

  const past = Math.floor(Date.now() / 1_000) - 3_600;
  it.each([
    ["of another nonce", { claims: { nonce: "another" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["for another client", { claims: { aud: "another-client" } }],
    ["for several clients, made for another one", { claims: { aud: ["vestibule-portal", "b"], azp: "b" } }],
    ["of another issuer", { claims: { iss: "https://other.example" } }],
    ["that has expired", { claims: { iat: past, exp: past + 60 } }],
    ["without a subject", { claims: { sub: undefined } }],
    ["signed with a key that is not published", { isForeignKey: true }],
    ["that is not signed at all", { isUnsigned: true }],
    ["that is missing", { isMissing: true }],
  ])("refuses a token %s", async (_what, lie) => {
    provider.lie = lie;
    const error = await signIn();
    expect(error).toBeInstanceOf(OpenIdError);
    expect(error).toMatchObject({ failure: "answer_refused" });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("canary");
  });

  it("tells an outage at the end of the way from an answer that proves nothing", async () => {
    provider.lie = { isDown: true };
    expect(await signIn()).toMatchObject({ failure: "provider_unreachable" });
  });

  it("refuses a provider that calls itself something else than was configured", async () => {
    provider.lie = { issuer: "http://127.0.0.1:1" };
    await expect(signIn()).rejects.toMatchObject({ failure: "provider_unreachable" });
  });
});
