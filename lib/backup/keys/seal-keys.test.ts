import { beforeAll, describe, expect, it } from "vitest";
import type { SealedKeys } from "@/lib/backup/file/backup-format";
import { openKeys, sealKeys } from "./seal-keys";

const KEYS = { MASTER_KEY: "1:the-master-key", AUTH_SECRET: "the-auth-secret", TOKEN_SIGNING_KEYS: '{"keys":["d"]}' };
const WRONG = "The keys cannot be opened: this is not the passphrase that the backup was made with.";

let sealed: SealedKeys;
beforeAll(async () => {
  sealed = await sealKeys(KEYS, "caf\u00e9 au lait, please");
});

describe("sealed keys", () => {
  it("open with their passphrase, however its letters were put together, and show nothing before", async () => {
    expect(await openKeys(sealed, "cafe\u0301 au lait, please")).toEqual(KEYS);
    expect(JSON.stringify(sealed)).not.toMatch(/master-key|auth-secret|lait/);
  });

  it("are other bytes each time", async () => {
    const again = await sealKeys(KEYS, "caf\u00e9 au lait, please");
    for (const name of ["salt", "iv", "sealed"] as const) expect(again[name]).not.toBe(sealed[name]);
  });

  it.each(["", "caf\u00e9 au lait, pleas", "Caf\u00e9 au lait, please"])("stay closed to %j", async (guess) => {
    await expect(openKeys(sealed, guess)).rejects.toThrow(WRONG);
  });

  it.each(["salt", "iv", "tag", "sealed"] as const)("stay closed when their %s was changed", async (name) => {
    const bytes = Buffer.from(sealed[name], "base64url");
    bytes.writeUInt8(bytes.readUInt8(3) ^ 1, 3);
    await expect(
      openKeys({ ...sealed, [name]: bytes.toString("base64url") }, "caf\u00e9 au lait, please"),
    ).rejects.toThrow(WRONG);
  });
});
