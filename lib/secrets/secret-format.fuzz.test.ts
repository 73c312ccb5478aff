import fc from "fast-check";
import { describe, expect } from "vitest";
import { accidents, anyText } from "@/lib/oauth/testing/arbitraries";
import { attempt, fuzz } from "@/lib/oauth/testing/fuzz";
import { createSecretFormat } from "./secret-format";

const format = createSecretFormat({
  prefix: "vst",
  masterKeys: [
    { kid: "b", key: new Uint8Array(32).fill(2) },
    { kid: "a", key: new Uint8Array(32).fill(1) },
  ],
});
const clientId = fc.oneof(fc.uuid(), fc.constantFrom("client-1", "client-1\0", ""), fc.string());

describe("a secret nobody was given", () => {
  fuzz(
    "is never authentic, however little it differs from one that is",
    fc.property(clientId, accidents(fc.constantFrom(..."aAbz09_", "vst_", "\n", "é", "\0")), (client, spoil) => {
      const secret = format.generate(client);
      const presented = spoil(secret);
      const verdict = attempt(() => format.check(client, presented));
      if (presented === secret) expect(verdict).toEqual({ value: "authentic" });
      else expect(["malformed", "unknown_key", "forged"].map((value) => ({ value }))).toContainEqual(verdict);
    }),
  );

  fuzz(
    "is never authentic for anybody but the client it was made for",
    fc.property(clientId, clientId, (owner, other) => {
      const verdict = attempt(() => format.check(other, format.generate(owner)));
      expect(verdict).toEqual({ value: owner === other ? "authentic" : "forged" });
    }),
  );

  fuzz(
    "is refused in good time, whatever it is",
    fc.property(
      clientId,
      fc.oneof(
        anyText,
        anyText.map((text) => `vst_a${text}`),
      ),
      (client, presented) => {
        expect(attempt(() => format.check(client, presented))).toEqual({ value: "malformed" });
      },
    ),
  );
});
