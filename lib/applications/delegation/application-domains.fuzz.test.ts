import fc from "fast-check";
import { describe, expect } from "vitest";
import { domainSchema } from "@/lib/applications/application.schema";
import { isDomainAllowed } from "@/lib/oauth/domain-limit";
import { parseEmailAddress } from "@/lib/oauth/email-address";
import { anyText, mutationsOf } from "@/lib/oauth/testing/arbitraries";
import { attempt, fuzz } from "@/lib/oauth/testing/fuzz";

const units = fc.constantFrom(
  "a",
  "Z",
  "0",
  "-",
  ".",
  "..",
  "*",
  "@",
  " ",
  "\u212a",
  "\u0131",
  "\uff0e",
  "é",
  "xn--",
  "\0",
);
const entry = fc.oneof(fc.domain(), mutationsOf("Sub.Example.com", units), fc.string({ unit: units }), anyText);

describe("a domain that staff list", () => {
  fuzz(
    "admits the addresses of that domain and nobody else, once the form has accepted it",
    fc.property(entry, (typed) => {
      const outcome = attempt(() => domainSchema.safeParse(typed));
      if ("refused" in outcome || !outcome.value.success) return;
      const domain = outcome.value.data;
      const address = parseEmailAddress(`a@${domain}`);
      // An address holds 254 characters, so the longest names have no room for anybody.
      if (domain.length <= 252) expect(address?.domain).toBe(domain);
      expect(isDomainAllowed(domain, [domain])).toBe(true);
      for (const other of [`x${domain}`, `x.${domain}`, `${domain}.x`, domain.slice(1)]) {
        expect(isDomainAllowed(other, [domain])).toBe(false);
      }
    }),
    { runs: 2000 },
  );

  fuzz(
    "can be any domain that people have addresses in, if its last label has two characters",
    fc.property(fc.emailAddress(), (text) => {
      const domain = parseEmailAddress(text)?.domain;
      if (domain === undefined || /\..$/.test(domain)) return;
      expect(domainSchema.safeParse(` ${domain.toUpperCase()} `)).toEqual({ success: true, data: domain });
    }),
  );
});
