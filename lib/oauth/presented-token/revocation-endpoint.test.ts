import { describe, expect, it } from "vitest";
import { generateSigningKey, importKeyRing } from "../jose/signing-key";
import { OAuthError } from "../oauth-error";
import { createForge } from "../testing/forge-token";
import { createTokenService, credentialsOf, RIVAL } from "../testing/presented-token-doubles";
import { NOW_SECONDS, readAnswer, refusalAnswer } from "../testing/token-endpoint-doubles";
import { EXPIRED_FOR_GOOD_SECONDS } from "./revocation-endpoint";

const JTI = "token-id-000000000000000001";
const NOTHING_TO_SAY = {
  status: 200,
  headers: { "cache-control": "no-store", pragma: "no-cache", "x-content-type-options": "nosniff" },
  body: null,
};

describe("a token of the client's own", () => {
  // Conformance: V01
  it("is revoked, with an empty answer", async () => {
    const { forge, revoke, revoked, reports } = await createTokenService();
    expect(await readAnswer(await revoke({ token: await forge.sign() }))).toEqual(NOTHING_TO_SAY);
    expect([...revoked]).toEqual([JTI]);
    expect(reports).toEqual([`revoked ${JTI}`]);
  });

  // Conformance: V02
  it("can be revoked again, with the same answer and no second event", async () => {
    const { forge, revoke, reports } = await createTokenService();
    const token = await forge.sign();
    await revoke({ token });
    expect(await readAnswer(await revoke({ token }))).toEqual(NOTHING_TO_SAY);
    expect(reports).toEqual([`revoked ${JTI}`, "ignored already_revoked"]);
  });

  // Conformance: V05
  it.each(["refresh_token", "access_token", "no-such-type", "a b\tc"])(
    "is revoked whatever the hint says: %j",
    async (hint) => {
      const { forge, revoke, revoked } = await createTokenService();
      const answer = await revoke({ token: await forge.sign(), token_type_hint: hint });
      expect(await readAnswer(answer)).toEqual(NOTHING_TO_SAY);
      expect([...revoked]).toEqual([JTI]);
    },
  );

  it.each([
    ["seems not to be valid yet", { iat: NOW_SECONDS + 120, nbf: NOW_SECONDS + 120, exp: NOW_SECONDS + 3720 }],
    ["seems to have just ended", { iat: NOW_SECONDS - 3700, nbf: NOW_SECONDS - 3700, exp: NOW_SECONDS - 100 }],
  ])("is revoked though by this clock it %s: another instance may still accept it", async (_title, payload) => {
    const { forge, revoke, revoked } = await createTokenService();
    await revoke({ token: await forge.sign({ payload }) });
    expect([...revoked]).toEqual([JTI]);
  });

  // Conformance: V02
  it("is left alone from the moment on in which it is over by every clock", async () => {
    const now = () => new Date(NOW_SECONDS * 1000);
    const { forge, revoke, revoked, reports } = await createTokenService({ revocation: { now } });
    const exp = NOW_SECONDS - EXPIRED_FOR_GOOD_SECONDS;
    const token = await forge.sign({ payload: { iat: exp - 3600, nbf: exp - 3600, exp } });
    expect(await readAnswer(await revoke({ token }))).toEqual(NOTHING_TO_SAY);
    expect([revoked.size, reports]).toEqual([0, ["ignored expired"]]);
  });
});

const foreign = await (await createForge()).sign();

// Conformance: V02
describe("what is no token of ours", () => {
  it.each([
    ["garbage", "garbage", "not_compact_jws"],
    ["a token signed by somebody else", foreign, "unknown_key"],
    ["an unsigned token", "eyJhbGciOiJub25lIn0.e30.", "not_compact_jws"],
    ["an endless token", "a".repeat(5000), "token_too_long"],
  ])("is answered like a revoked one: %s", async (_title, token, reason) => {
    const { revoke, revoked, reports } = await createTokenService();
    expect(await readAnswer(await revoke({ token }))).toEqual(NOTHING_TO_SAY);
    expect([revoked.size, reports]).toEqual([0, [`ignored ${reason}`]]);
  });

  it("is a token of ours for another audience", async () => {
    const { forge, revoke, revoked } = await createTokenService();
    await revoke({ token: await forge.sign({ payload: { aud: "https://other.example" } }) });
    expect(revoked.size).toBe(0);
  });
});

// Conformance: V03
describe("a token of another client", () => {
  it("is refused and stays valid", async () => {
    const { forge, revoke, introspect, revoked, reports } = await createTokenService();
    const token = await forge.sign();
    const answer = await revoke({ token }, { headers: credentialsOf(RIVAL) });
    expect(await readAnswer(answer)).toEqual(
      refusalAnswer(400, "invalid_grant", "The token was not issued to this client."),
    );
    expect([revoked.size, reports]).toEqual([0, ["invalid_grant token_of_another_client"]]);
    expect(await (await introspect({ token })).json()).toMatchObject({ active: true });
  });
});

describe("FI-06 when the revocation cannot be stored", () => {
  const unavailable = refusalAnswer(503, "temporarily_unavailable", "The server cannot answer now. Try again later.", {
    "retry-after": "5",
  });

  it.each([
    ["an error of the store", new Error("disk full"), "revocation_not_stored"],
    [
      "an outage",
      new OAuthError("temporarily_unavailable", { reason: "database_unavailable" }),
      "database_unavailable",
    ],
  ])("says 503 and never 200: %s", async (_title, failure, reason) => {
    const { forge, revoke, reports } = await createTokenService({
      revocation: { revokeToken: () => Promise.reject(failure) },
    });
    expect(await readAnswer(await revoke({ token: await forge.sign() }))).toEqual(unavailable);
    expect(reports).toEqual([`temporarily_unavailable ${reason}`]);
  });

  it("says 500 when the keys cannot be read: whether the token is ours is not known then", async () => {
    const { forge, revoke } = await createTokenService({
      revocation: { keyRing: () => Promise.reject(new Error("no keys")) },
    });
    expect((await revoke({ token: await forge.sign() })).status).toBe(500);
  });

  it("says 503 while the keys are out of reach, though a bad token would be answered with 200", async () => {
    const outage = new OAuthError("temporarily_unavailable", { reason: "database_unavailable" });
    const { forge, revoke, reports } = await createTokenService({
      revocation: { keyRing: () => Promise.reject(outage) },
    });
    expect(await readAnswer(await revoke({ token: await forge.sign() }))).toEqual(unavailable);
    expect(reports).toEqual(["temporarily_unavailable database_unavailable"]);
  });

  it("says 500 when the event cannot be reported", async () => {
    const { forge, revoke } = await createTokenService({
      revocation: {
        onTokenRevoked() {
          throw new Error("log full");
        },
      },
    });
    expect((await revoke({ token: await forge.sign() })).status).toBe(500);
  });
});

// Conformance: M03
it("revokes a token that was signed by a key which has been replaced but is still published", async () => {
  const old = await createForge();
  const ring = await importKeyRing({ keys: [await generateSigningKey(), old.jwk] });
  const { revoke, revoked } = await createTokenService({ revocation: { keyRing: async () => ring } });
  await revoke({ token: await old.sign() });
  expect([...revoked]).toEqual([JTI]);
});
