import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseEnvironment } from "@/lib/env/parse-environment";
import { DATABASE_FOLDER, ensureKeys } from "./ensure-keys";
import { readOrMakeKey } from "./key-store";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-keys-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settingsIn = (dataDirectory: string, more: Record<string, string> = {}) =>
  parseEnvironment({ DATA_DIR: dataDirectory, ...more });

describe("ensureKeys", () => {
  it("makes the three keys once and returns the same ones ever after", async () => {
    const first = await ensureKeys(await settingsIn(folder));
    expect(first.masterKeys).toMatchObject([{ kid: "1", key: { byteLength: 32 } }]);
    expect(first.authSecret).toMatch(/^[\w-]{43}$/);
    expect(first.tokenSigningKeys.keys).toMatchObject([{ kty: "EC", crv: "P-256", alg: "ES256" }]);
    expect(await ensureKeys(await settingsIn(folder))).toEqual(first);
  });

  it("makes different keys for different data directories", async () => {
    const one = await ensureKeys(await settingsIn(join(folder, "one")));
    const two = await ensureKeys(await settingsIn(join(folder, "two")));
    expect(one.authSecret).not.toBe(two.authSecret);
    expect(one.masterKeys).not.toEqual(two.masterKeys);
  });

  it("keeps key files from everybody else: folders 0700, files 0600, no drafts left", async () => {
    const dataDirectory = join(folder, "deep", "data");
    await ensureKeys(await settingsIn(dataDirectory));
    const keys = join(dataDirectory, "keys");
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    expect(statSync(dataDirectory).mode & 0o777).toBe(0o700);
    const files = readdirSync(keys).map((name) => [name, statSync(join(keys, name)).mode & 0o777]);
    expect(files).toEqual([
      ["auth-secret", 0o600],
      ["master-key", 0o600],
      ["token-signing-keys.json", 0o600],
    ]);
  });

  it("returns one key to all who make it at the same time", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => readOrMakeKey(folder, "MASTER_KEY")));
    expect(new Set(made).size).toBe(1);
  });

  it("prefers what the environment gives and makes no file for it", async () => {
    const key = Buffer.alloc(32, 3).toString("base64url");
    const config = await ensureKeys(await settingsIn(folder, { MASTER_KEY: `e:${key}` }));
    expect(config.masterKeys).toEqual([{ kid: "e", key: new Uint8Array(32).fill(3) }]);
    expect(readdirSync(join(folder, "keys"))).toEqual(["auth-secret", "token-signing-keys.json"]);
  });

  it("refuses a database whose master key is gone instead of making one that fits no secret", async () => {
    await mkdir(join(folder, DATABASE_FOLDER));
    await expect(ensureKeys(await settingsIn(folder))).rejects.toThrow(/MASTER_KEY: is missing/);
    expect(readdirSync(folder)).toEqual([DATABASE_FOLDER]);
  });

  it("refuses a damaged key file by its path, without its content", async () => {
    await mkdir(join(folder, "keys"));
    writeFileSync(join(folder, "keys", "master-key"), "canary");
    const failure = ensureKeys(await settingsIn(folder));
    await expect(failure).rejects.toThrow(join(folder, "keys", "master-key"));
    await expect(failure).rejects.not.toThrow(/canary/);
  });
});
