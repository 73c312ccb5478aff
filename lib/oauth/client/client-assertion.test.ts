import { describe, expect, it, vi } from "vitest";
import { ASSERTION_ALGORITHMS } from "../jose/jwk";
import { createClientKey, type TestClientKey } from "../testing/forge-assertion";
import { ISSUER, NOW } from "../testing/token-endpoint-doubles";
import type { ClientKey } from "./assertion";
import { readClientAssertion, verifyClientAssertion } from "./client-assertion";
import { CLIENT_ASSERTION_TYPE } from "./client-metadata";

/** Verifies against a table that holds no more than what `readClient` is to answer. */
function verify(assertion: string, found: { client: string | null; keys: readonly ClientKey[] }) {
  const presented = readClientAssertion({ type: CLIENT_ASSERTION_TYPE, assertion, clientId: undefined });
  return verifyClientAssertion(presented, {
    issuer: ISSUER,
    now: () => NOW,
    readClient: async () => found,
    requireAdmitted: () => undefined,
    consumeAssertionId: async () => true,
  });
}

/** With what the signatures were checked while `run` failed for `reason`. */
async function checksOf(run: () => Promise<unknown>, reason: string): Promise<unknown[]> {
  const check = vi.spyOn(crypto.subtle, "verify");
  try {
    await expect(run()).rejects.toMatchObject({ code: "invalid_client", reason });
    return check.mock.calls.map(([algorithm, key]) => [algorithm, key.algorithm]);
  } finally {
    check.mockRestore();
  }
}

describe("the assertion of a client that is not there", () => {
  it("is refused, also where keys come with the answer", async () => {
    const key = await createClientKey();
    const trial = verify(await key.signClientAssertion(), { client: null, keys: [key.clientKey] });
    await expect(trial).rejects.toMatchObject({ code: "invalid_client", reason: "unknown_client" });
  });
});

describe.each(ASSERTION_ALGORITHMS)("an assertion under %s that no key fits", (name) => {
  it("costs the check of one signature of the same kind as a forged one does, so that time tells nothing", async () => {
    const alg = name === "EdDSA" ? "Ed25519" : name;
    const [key, other] = await Promise.all([createClientKey(alg), createClientKey(alg)]);
    const stranger = await createClientKey(alg === "ES256" ? "Ed25519" : "ES256");
    const sign = (by: TestClientKey, kid: string) => by.signClientAssertion({ header: { alg: name, kid } });
    const kid = key.clientKey.publicJwk.kid;
    const forged = await sign(other, kid);
    const known = { client: "calendar", keys: [key.clientKey] };
    const expected = await checksOf(() => verify(forged, known), "bad_signature");
    expect(expected).toHaveLength(1);

    const nobody = { client: null, keys: [] };
    const genuine = await sign(key, kid);
    expect(await checksOf(() => verify(genuine, nobody), "unknown_client")).toEqual(expected);
    expect(await checksOf(() => verify(genuine, { client: "calendar", keys: [] }), "unknown_key")).toEqual(expected);
    const misnamed = await sign(key, stranger.clientKey.publicJwk.kid);
    const others = { client: "calendar", keys: [stranger.clientKey] };
    expect(await checksOf(() => verify(misnamed, others), "wrong_algorithm")).toEqual(expected);
    const unnamed = await key.signClientAssertion({ header: { alg: name, kid: undefined } });
    const several = { client: "calendar", keys: [key.clientKey, other.clientKey] };
    expect(await checksOf(() => verify(unnamed, several), "kid_needed")).toEqual(expected);
  });
});
