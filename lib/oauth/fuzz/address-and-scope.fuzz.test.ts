import fc from "fast-check";
import { describe, expect } from "vitest";
import { DOMAIN_RULE } from "../delegation-rules";
import { isDomainAllowed, toDomainLimit } from "../domain-limit";
import { parseEmailAddress } from "../email-address";
import { requireRules } from "../rule";
import { isScopeList, narrowScopes, parseScope } from "../scope";
import { anyText, mutationsOf } from "../testing/arbitraries";
import { attempt, fuzz } from "../testing/fuzz";
import { naiveAddress, naiveIsAllowed, naiveNarrow, naiveScope } from "../testing/naive-address";
import { SUPPORTED_SCOPES } from "../testing/token-endpoint-doubles";

// Folding characters, look-alikes and separators: what moves a domain when somebody looks twice.
const addressUnit = fc.constantFrom(
  ..."aZ09.-_+@",
  "..",
  "@@",
  " ",
  '"',
  "\\",
  "\0",
  "\uff20",
  "\uff0e",
  "\u3002",
  "\u2024",
  "\u212a",
  "\u0130",
  "\u0131",
  "\u017f",
  "\u0430",
  "\u0301",
  "\u200b",
  "\ufb01",
  "\ufdfa",
  "\ud83d",
  "ａ",
  "xn--",
);
const addressText = fc.oneof(
  fc.emailAddress(),
  fc.string({ unit: addressUnit, maxLength: 40 }),
  fc.tuple(fc.string({ unit: addressUnit, maxLength: 70 }), fc.domain()).map((parts) => parts.join("@")),
  fc.tuple(fc.nat(70), fc.nat(70), fc.nat(70), fc.nat(70)).map((lengths) => {
    const [local = "", ...labels] = lengths.map((length) => "a".repeat(length));
    return `${local}@${labels.join(".")}`;
  }),
  // Around the limit of 254, where a ligature counts once before folding and twice after it.
  fc.tuple(fc.integer({ min: 48, max: 62 }), fc.nat(3)).map(([length, ligatures]) => {
    const label = "b".repeat(63);
    return `${"a".repeat(64)}@${label}.${label}.${"c".repeat(length - 2)}${"\ufb01".repeat(ligatures)}`;
  }),
  mutationsOf("alice.b+tag@sub.example.com", addressUnit),
  anyText,
);

describe("mailboxes, against a second implementation", () => {
  fuzz(
    "are read into the same local part and domain, or refused by both",
    fc.property(addressText, (text) => {
      const expected = naiveAddress(text);
      expect(attempt(() => parseEmailAddress(text))).toEqual({
        value: expected && { ...expected, address: `${expected.local}@${expected.domain}` },
      });
    }),
    { runs: 4000 },
  );

  const domain = fc.oneof(
    fc.domain(),
    fc.constantFrom("example.com", "sub.example.com", "example.com.evil.org", "*", ""),
  );
  const nearDomain = fc.oneof(
    domain,
    mutationsOf("example.com", fc.constantFrom("a", ".", "*", "-", "E", "\0", "\u0131")),
  );

  fuzz(
    "belong to a listed domain when it is the very same text, and to none that only looks like it",
    fc.property(nearDomain, fc.array(nearDomain, { maxLength: 4 }), fc.boolean(), (own, listed, isListed) => {
      const allowed = isListed ? [...listed, own] : listed;
      expect(attempt(() => isDomainAllowed(own, toDomainLimit(allowed)))).toEqual({
        value: naiveIsAllowed(own, allowed),
      });
    }),
    { runs: 2000 },
  );

  // Conformance: N47
  fuzz(
    "nobody beyond the one listed domain is ever acted for",
    fc.property(addressText, (text) => {
      const outcome = attempt(() => {
        const { subject } = parseScope(text);
        requireRules([DOMAIN_RULE], { domain: subject.domain, allowedDomains: ["sub.example.com"] });
        return subject;
      });
      if ("refused" in outcome) expect(outcome.refused).toMatchObject({ code: "invalid_scope", status: 400 });
      else expect(outcome.value.address.endsWith("@sub.example.com")).toBe(true);
    }),
    { runs: 2000 },
  );
});

const token = fc.oneof(
  fc.constantFrom(...SUPPORTED_SCOPES, "ROOMS:LIST", "rooms:", "alice@example.com", "bob@example.org", "a@b", "@", ""),
  fc.string({ unit: fc.constantFrom("a", ":", '"', "\\", "\t", "\u00a0", "é", "\u007f", "@"), maxLength: 4 }),
);
const scopeText = fc.oneof(
  fc.array(token, { maxLength: 6 }).map((tokens) => tokens.join(" ")),
  mutationsOf("alice@example.com rooms:list rooms:create", fc.constantFrom(" ", "  ", "@", "a", '"', "\n", "\u3000")),
  anyText,
);

describe("the scope parameter, against a second implementation", () => {
  // Conformance: N25, N27, N30
  fuzz(
    "is read into one person and the scopes in the order sent, or refused for the same reason",
    fc.property(scopeText, (text) => {
      const expected = naiveScope(text);
      const outcome = attempt(() => parseScope(text));
      if ("refused" in expected) {
        const refusal = {
          code: "invalid_scope",
          status: 400,
          reason: expected.refused,
          description: expect.any(String),
        };
        expect(outcome).toEqual({ refused: refusal });
      } else {
        const { local, domain } = expected.subject;
        const subject = { local, domain, address: `${local}@${domain}` };
        expect(outcome).toEqual({ value: { subject, requestedScopes: expected.requested } });
      }
    }),
    { runs: 4000 },
  );

  // Conformance: N25
  fuzz(
    "is grammatical exactly when the second implementation finds nothing malformed",
    fc.property(scopeText, (text) => {
      const judged = naiveScope(text);
      const isMalformed = "refused" in judged && judged.refused === "scope_malformed";
      expect(attempt(() => isScopeList(text))).toEqual({ value: !isMalformed });
    }),
  );

  const scopes = fc.array(fc.constantFrom(...SUPPORTED_SCOPES, "rooms:retired", "rooms:LIST"), { maxLength: 6 });
  // Conformance: N28, N29, N31
  fuzz(
    "never gives more than was granted, nor more than was asked for",
    fc.property(scopes, scopes, (requested, granted) => {
      const outcome = attempt(() => narrowScopes({ requested, granted, supported: SUPPORTED_SCOPES }));
      const expected = naiveNarrow(requested, granted, SUPPORTED_SCOPES);
      if (expected === undefined) expect(outcome).toMatchObject({ refused: { reason: "scope_not_granted" } });
      else expect(outcome).toEqual({ value: expected });
    }),
  );
});
