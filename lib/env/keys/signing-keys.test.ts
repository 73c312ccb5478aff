import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { ValueError } from "@/lib/env/value-parsers";
import { generateSigningKey } from "@/lib/oauth/jose/signing-key";
import { testConfig } from "@/lib/testing/test-config";
import { ensureKeys } from "./ensure-keys";
import { signingKeys } from "./signing-keys";

const TEST_KEYS = JSON.stringify(testConfig().tokenSigningKeys);
const EXAMPLE = new ValueError("keys[0]: is a published example; anybody can sign with it.");

// Conformance: W04
describe("a start in production", () => {
  it("is refused with the signing key of our own tests, even under another name", async () => {
    const [key] = testConfig().tokenSigningKeys.keys;
    for (const jwk of [key, { ...key, kid: "ours" }]) {
      await expect(signingKeys("production")(JSON.stringify({ keys: [jwk] }))).rejects.toThrow(EXAMPLE);
    }
  });

  it.each([undefined, "production", "", "staging"])("is what NODE_ENV=%s means", async (NODE_ENV) => {
    await expect(parseEnvironment({ NODE_ENV, TOKEN_SIGNING_KEYS: TEST_KEYS })).rejects.toThrow(
      "TOKEN_SIGNING_KEYS: keys[0]: is a published example; anybody can sign with it.",
    );
  });

  it("is refused with a symmetric key", async () => {
    const keys = JSON.stringify({ keys: [{ kty: "oct", k: "c2VjcmV0", alg: "HS256" }] });
    await expect(signingKeys("production")(keys)).rejects.toThrow(/is symmetric/);
  });
});

describe("elsewhere", () => {
  it.each(["development", "test"] as const)("the key of our own tests may sign: in %s", async (environment) => {
    expect(await signingKeys(environment)(TEST_KEYS)).toEqual(testConfig().tokenSigningKeys);
  });
});

it("tells where the keys may be changed while the server runs", async () => {
  const TOKEN_SIGNING_KEYS = JSON.stringify({ keys: [await generateSigningKey()] });
  expect((await parseEnvironment({ TOKEN_SIGNING_KEYS })).tokenSigningKeysFile).toBeUndefined();
  expect((await parseEnvironment({})).tokenSigningKeysFile).toBeUndefined();
  const folder = mkdtempSync(join(tmpdir(), "vestibule-signing-keys-"));
  const file = join(folder, "mounted.json");
  writeFileSync(file, TOKEN_SIGNING_KEYS);
  const settings = await parseEnvironment({ TOKEN_SIGNING_KEYS_FILE: file, DATA_DIR: folder });
  expect((await ensureKeys(settings)).tokenSigningKeysFile).toBe(file);
  const generated = await ensureKeys(await parseEnvironment({ DATA_DIR: folder }));
  expect(generated.tokenSigningKeysFile).toBe(join(folder, "keys", "token-signing-keys.json"));
  rmSync(folder, { recursive: true });
});
