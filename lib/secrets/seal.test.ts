import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSealer } from "./seal";

const key = (kid: string) => ({ kid, key: new Uint8Array(32).fill(kid.charCodeAt(0)) });
const PLAIN = new Uint8Array(randomBytes(20));

describe("createSealer", () => {
  it("opens what it has sealed", () => {
    const sealer = createSealer([key("a")], "purpose");
    expect(new Uint8Array(sealer.open(sealer.seal(PLAIN, "ana"), "ana"))).toEqual(PLAIN);
  });

  it("never seals the same alike, and shows nothing of it", () => {
    const sealer = createSealer([key("a")], "purpose");
    const [one, other] = [sealer.seal(PLAIN, "ana"), sealer.seal(PLAIN, "ana")];
    expect(one).not.toBe(other);
    expect(one).not.toContain(Buffer.from(PLAIN).toString("base64url"));
  });

  it("opens what an older master key has sealed, and seals with the newest", () => {
    const sealed = createSealer([key("a")], "purpose").seal(PLAIN, "ana");
    const sealer = createSealer([key("b"), key("a")], "purpose");
    expect(new Uint8Array(sealer.open(sealed, "ana"))).toEqual(PLAIN);
    expect(sealer.seal(PLAIN, "ana")).toMatch(/^b\./);
  });

  it.each([
    ["for somebody else", (sealed: string) => createSealer([key("a")], "purpose").open(sealed, "bob")],
    ["for another purpose", (sealed: string) => createSealer([key("a")], "other").open(sealed, "ana")],
    [
      "with one bit changed",
      (sealed: string) => {
        const bytes = Buffer.from(sealed.slice(2), "base64url");
        bytes[14] = (bytes[14] ?? 0) ^ 1;
        return createSealer([key("a")], "purpose").open(`a.${bytes.toString("base64url")}`, "ana");
      },
    ],
    ["cut short", (sealed: string) => createSealer([key("a")], "purpose").open(sealed.slice(0, 12), "ana")],
    ["of nothing", () => createSealer([key("a")], "purpose").open("", "ana")],
  ])("opens nothing %s, and quotes nothing of it", (_what, open) => {
    const sealed = createSealer([key("a")], "purpose").seal(PLAIN, "ana");
    expect(() => open(sealed)).toThrow(RangeError);
    expect(() => open(sealed)).toThrow(
      /^What was sealed (?:needs a master key that is not there|was changed, or belongs to something else)\.$/,
    );
  });

  it("says that the master key is missing when it is", () => {
    const sealed = createSealer([key("a")], "purpose").seal(PLAIN, "ana");
    expect(() => createSealer([key("b")], "purpose").open(sealed, "ana")).toThrow(
      new RangeError("What was sealed needs a master key that is not there."),
    );
  });

  it("refuses to seal without a key", () => {
    expect(() => createSealer([], "purpose").seal(PLAIN, "ana")).toThrow("At least one master key is needed to seal.");
  });
});
