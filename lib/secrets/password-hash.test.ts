import { beforeAll, describe, expect, it } from "vitest";
import { hashSecret, type UnexpectedHashReason, verifySecretHash } from "./password-hash";
import { createSecretFormat } from "./secret-format";

const format = createSecretFormat({ prefix: "vst", masterKeys: [{ kid: "a", key: new Uint8Array(32).fill(1) }] });
const secret = format.generate("client-1");
let phc: string;
beforeAll(async () => {
  phc = await hashSecret(secret);
});

async function verifyAndReport(stored: string, plain = secret) {
  const reasons: UnexpectedHashReason[] = [];
  const isMatch = await verifySecretHash(stored, plain, { onUnexpectedHash: (reason) => reasons.push(reason) });
  return { isMatch, reasons };
}

describe("hashSecret", () => {
  it("stores Argon2id version 19 with 19 MiB, two passes, one lane, 16 byte salt, 32 byte output (T7)", () => {
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  it("gives the same secret another salt each time", async () => {
    expect(await hashSecret(secret)).not.toBe(phc);
  });

  it("keeps neither the secret nor its tag nor any six characters of them in what is stored (T8)", () => {
    for (let start = 0; start + 6 <= secret.length; start += 1) {
      expect(phc).not.toContain(secret.slice(start, start + 6));
    }
  });
});

describe("verifySecretHash", () => {
  it("accepts the secret the hash was made from", async () => {
    expect(await verifyAndReport(phc)).toEqual({ isMatch: true, reasons: [] });
  });

  it.each([
    ["the empty text", ""],
    ["the secret in another case", secret.toUpperCase()],
    ["the secret with a space after it", `${secret} `],
    ["the secret without its last character", secret.slice(0, -1)],
  ])("refuses %s and reports nothing", async (_title, plain) => {
    expect(await verifyAndReport(phc, plain)).toEqual({ isMatch: false, reasons: [] });
  });

  it("refuses the stored string itself as a secret (T5)", async () => {
    expect(await verifyAndReport(phc, phc)).toEqual({ isMatch: false, reasons: [] });
  });

  it("refuses the first 72 bytes of a longer secret (T6)", async () => {
    const long = "x".repeat(72).concat("-and-more");
    const stored = await hashSecret(long);
    expect(await verifyAndReport(stored, long.slice(0, 72))).toEqual({ isMatch: false, reasons: [] });
    expect(await verifyAndReport(stored, long)).toEqual({ isMatch: true, reasons: [] });
  });

  const SALT = "c29tZXNhbHRzb21lc2FsdA";
  const OUTPUT = "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";
  const argon2 = (kind: string, version: string, costs: string) => `$${kind}$${version}$${costs}$${SALT}$${OUTPUT}`;

  it.each([
    ["4 GiB of memory", argon2("argon2id", "v=19", "m=4194304,t=2,p=1")],
    ["more memory than a number holds", argon2("argon2id", "v=19", `m=${"9".repeat(40)},t=2,p=1`)],
    ["seven digits of passes", argon2("argon2id", "v=19", "m=19456,t=1000000,p=1")],
    ["several lanes", argon2("argon2id", "v=19", "m=19456,t=2,p=8")],
    ["Argon2i", argon2("argon2i", "v=19", "m=19456,t=2,p=1")],
    ["Argon2d", argon2("argon2d", "v=19", "m=19456,t=2,p=1")],
    ["version 16", argon2("argon2id", "v=16", "m=19456,t=2,p=1")],
    ["no version", `$argon2id$m=19456,t=2,p=1$${SALT}$${OUTPUT}`],
    ["costs in another order", argon2("argon2id", "v=19", "t=2,m=19456,p=1")],
    ["a key id", argon2("argon2id", "v=19", "m=19456,t=2,p=1,keyid=AA")],
    ["zeroes before a cost", argon2("argon2id", "v=19", "m=019456,t=2,p=1")],
    ["no salt", `$argon2id$v=19$m=19456,t=2,p=1$$${OUTPUT}`],
    ["a four byte output, easy to collide with", `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$aGFzaA`],
    ["a line break after", `${argon2("argon2id", "v=19", "m=19456,t=2,p=1")}\n`],
    ["bcrypt", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"],
    ["Django's PBKDF2", "pbkdf2_sha256$870000$salt$aGFzaA=="],
    ["a plain secret", secret],
    ["nothing", ""],
  ])("refuses a stored value with %s without trying it", async (_title, stored) => {
    expect(await verifyAndReport(stored)).toEqual({ isMatch: false, reasons: ["not_argon2id"] });
  });

  it.each([
    ["one KiB above the limit", "m=65537,t=2,p=1"],
    ["the largest six-digit memory", "m=999999,t=2,p=1"],
    ["five passes", "m=19456,t=5,p=1"],
  ])("refuses costs of %s without paying them", async (_title, costs) => {
    const stored = argon2("argon2id", "v=19", costs);
    expect(await verifyAndReport(stored)).toEqual({ isMatch: false, reasons: ["parameters_too_costly"] });
  });

  it.each([
    ["base64 with stray last bits", `${argon2("argon2id", "v=19", "m=19456,t=2,p=1").slice(0, -1)}h`],
    ["less memory than Argon2 can run with", argon2("argon2id", "v=19", "m=1,t=2,p=1")],
  ])("answers no to a stored value with %s instead of failing", async (_title, stored) => {
    expect(await verifyAndReport(stored)).toEqual({ isMatch: false, reasons: ["undecodable"] });
  });

  it.each(["m=65536,t=1,p=1", "m=8,t=4,p=1"])(
    "tries a stored value with the highest costs allowed: %s",
    async (costs) => {
      expect(await verifyAndReport(argon2("argon2id", "v=19", costs))).toEqual({ isMatch: false, reasons: [] });
    },
  );

  it("refuses silently when nobody asked for reports", async () => {
    expect(await verifySecretHash("nonsense", secret)).toBe(false);
    expect(await verifySecretHash(argon2("argon2id", "v=19", "m=1,t=2,p=1"), secret)).toBe(false);
  });

  it("does nothing for a caller who has gone already", async () => {
    const reason = new Error("closed");
    await expect(verifySecretHash(phc, secret, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("drops checks that have not begun when their caller goes", async () => {
    const gone = new AbortController();
    const reason = new Error("closed");
    // More than the thread pool takes at once, so that some are certain to be waiting.
    const checks = Array.from({ length: 24 }, () => verifySecretHash(phc, secret, { signal: gone.signal }));
    gone.abort(reason);
    const outcomes = await Promise.allSettled(checks);
    const dropped = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(dropped.length).toBeGreaterThan(0);
    expect(new Set(dropped.map((outcome) => outcome.reason))).toEqual(new Set([reason]));
  });
});
