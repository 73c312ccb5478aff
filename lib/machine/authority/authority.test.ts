import { describe, expect, it } from "vitest";
import { type Authority, decideAuthority } from "./authority";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const CLAIMS = { credentialVersion: 3, scopes: ["rooms:list", "rooms:create"], issuedAt: NOW.getTime() / 1000 - 60 };
const STANDING: Authority = {
  applicationId: "app",
  applicationName: "Calendar",
  isApplicationActive: true,
  credentialVersion: 3,
  scopes: ["rooms:create", "rooms:list", "rooms:delete"],
  domains: ["example.com"],
  hasCredential: true,
  isCredentialCompromised: false,
  credentialRevokedAt: null,
  credentialExpiresAt: null,
  isTokenRevoked: false,
  allTokensRevokedAt: null,
  personId: "person",
  email: "alice@example.com",
  isPersonActive: true,
  isDelegationAllowed: true,
  personTokensRevokedAt: null,
  isImpersonationAllowed: null,
  listing: null,
  hasAllowList: false,
};

describe("decideAuthority", () => {
  it("grants what the token asks for and the application still has", () => {
    expect(decideAuthority(CLAIMS, { ...STANDING, scopes: ["rooms:create", "rooms:delete"] }, NOW)).toEqual({
      isLive: true,
      applicationId: "app",
      applicationName: "Calendar",
      personId: "person",
      email: "alice@example.com",
      scopes: ["rooms:create"],
      domains: STANDING.domains,
      credentialEndsAt: null,
    });
  });

  it("names what happened to the person before that their tokens were ended with it", () => {
    const ended = { personTokensRevokedAt: NOW };
    const reasonOf = (change: Partial<Authority>) => decideAuthority(CLAIMS, { ...STANDING, ...ended, ...change }, NOW);
    expect(reasonOf({ isPersonActive: false })).toEqual({ isLive: false, reason: "person_inactive" });
    expect(reasonOf({})).toEqual({ isLive: false, reason: "person_tokens_revoked" });
  });

  const soon = new Date(NOW.getTime() + 1_000);
  const later = new Date(NOW.getTime() + 2_000);
  it.each([
    ["an end that somebody set", { credentialRevokedAt: soon }, soon],
    ["an expiry", { credentialExpiresAt: soon }, soon],
    ["an end before the expiry", { credentialRevokedAt: soon, credentialExpiresAt: later }, soon],
    ["an expiry before the end", { credentialRevokedAt: later, credentialExpiresAt: soon }, soon],
  ])("tells when the credential stops working: %s", (_, change, expected) => {
    expect(decideAuthority(CLAIMS, { ...STANDING, ...change }, NOW)).toMatchObject({ credentialEndsAt: expected });
  });

  const fallen: Record<string, Partial<Authority> | null> = {
    application_unknown: null,
    application_inactive: { isApplicationActive: false },
    credential_version_differs: { credentialVersion: 4 },
    credential_unknown: { hasCredential: false },
    credential_compromised: { isCredentialCompromised: true, credentialRevokedAt: new Date(NOW.getTime() + 1) },
    credential_revoked: { credentialRevokedAt: NOW },
    credential_expired: { credentialExpiresAt: new Date(NOW.getTime() - 1) },
    token_revoked: { isTokenRevoked: true },
    all_tokens_revoked: { allTokensRevokedAt: NOW },
    person_unknown: { personId: null, email: null, isPersonActive: null, isDelegationAllowed: null },
    person_inactive: { isPersonActive: false },
    person_opted_out: { isDelegationAllowed: false },
    person_tokens_revoked: { personTokensRevokedAt: NOW },
    person_is_staff: { isImpersonationAllowed: false },
    person_denied: { listing: "deny" },
    person_not_listed: { hasAllowList: true },
    domain_not_allowed: { domains: ["other.example"] },
  };

  it.each(Object.entries(fallen))("refuses with %s when one support has fallen", (reason, change) => {
    const authority = change === null ? null : { ...STANDING, ...change };
    expect(decideAuthority(CLAIMS, authority, NOW)).toEqual({ isLive: false, reason });
  });

  it.each([
    ["sub.example.com", "alice@sub.example.com"],
    ["a domain that ends alike", "alice@notexample.com"],
    ["a domain that begins alike", "alice@example.com.evil"],
  ])("takes %s for another domain", (_title, email) => {
    expect(decideAuthority(CLAIMS, { ...STANDING, email }, NOW)).toMatchObject({ reason: "domain_not_allowed" });
  });

  it.each([
    ["in the second in which it was issued", 0, false],
    ["at any moment of that second", 999, false],
    ["a moment before that second began", -1, true],
  ])("ends a token with the tokens of its person, or of everybody, when these were ended %s", (_title, ms, isLive) => {
    const personTokensRevokedAt = new Date(CLAIMS.issuedAt * 1000 + ms);
    expect(decideAuthority(CLAIMS, { ...STANDING, personTokensRevokedAt }, NOW)).toMatchObject({ isLive });
    const allTokensRevokedAt = personTokensRevokedAt;
    expect(decideAuthority(CLAIMS, { ...STANDING, allTokensRevokedAt }, NOW)).toMatchObject({ isLive });
  });

  it.each<[string, Partial<Authority>]>([
    ["somebody on the allow list", { hasAllowList: true, listing: "allow" }],
    ["a member of staff whom an administrator lets be acted for", { isImpersonationAllowed: true }],
    [
      "somebody on the allow list of an application for any domain",
      { hasAllowList: true, listing: "allow", domains: "any" },
    ],
  ])("lets %s be acted for", (_title, change) => {
    expect(decideAuthority(CLAIMS, { ...STANDING, ...change }, NOW)).toMatchObject({ isLive: true });
  });

  it("asks every rule: the allow list opens no other domain, and no account in the portal", () => {
    const listed = { hasAllowList: true, listing: "allow" } as const;
    const changes: Partial<Authority>[] = [
      { domains: ["other.example"] },
      { isImpersonationAllowed: false },
      { isPersonActive: false },
    ];
    const reasons = changes.map((change) => decideAuthority(CLAIMS, { ...STANDING, ...listed, ...change }, NOW));
    expect(reasons).toEqual([
      { isLive: false, reason: "domain_not_allowed" },
      { isLive: false, reason: "person_is_staff" },
      { isLive: false, reason: "person_inactive" },
    ]);
  });

  it("lets a secret that ends later, and any domain where none is listed, stand", () => {
    const later = new Date(NOW.getTime() + 1);
    const authority: Authority = {
      ...STANDING,
      credentialRevokedAt: later,
      credentialExpiresAt: later,
      domains: "any",
    };
    expect(decideAuthority(CLAIMS, authority, NOW)).toMatchObject({ isLive: true });
  });
});
