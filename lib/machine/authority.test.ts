import { describe, expect, it } from "vitest";
import { type Authority, decideAuthority } from "./authority";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const CLAIMS = { credentialVersion: 3, scopes: ["rooms:list", "rooms:create"] };
const STANDING: Authority = {
  applicationId: "app",
  isApplicationActive: true,
  credentialVersion: 3,
  scopes: ["rooms:create", "rooms:list", "rooms:delete"],
  domains: ["example.com"],
  hasCredential: true,
  credentialEndedAt: null,
  credentialExpiresAt: null,
  isTokenRevoked: false,
  personId: "person",
  email: "alice@example.com",
  isPersonActive: true,
  canBeActedFor: true,
  isStaff: false,
};

describe("decideAuthority", () => {
  it("grants what the token asks for and the application still has", () => {
    expect(decideAuthority(CLAIMS, { ...STANDING, scopes: ["rooms:create", "rooms:delete"] }, NOW)).toEqual({
      isLive: true,
      applicationId: "app",
      personId: "person",
      scopes: ["rooms:create"],
    });
  });

  const fallen: Record<string, Partial<Authority> | null> = {
    application_unknown: null,
    application_inactive: { isApplicationActive: false },
    credential_version_differs: { credentialVersion: 4 },
    credential_unknown: { hasCredential: false },
    credential_ended: { credentialEndedAt: NOW },
    credential_expired: { credentialExpiresAt: new Date(NOW.getTime() - 1) },
    token_revoked: { isTokenRevoked: true },
    person_unknown: { personId: null, email: null, isPersonActive: null, canBeActedFor: null },
    person_inactive: { isPersonActive: false },
    person_opted_out: { canBeActedFor: false },
    person_is_staff: { isStaff: true },
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

  it("lets a secret that ends later, and any domain where none is listed, stand", () => {
    const later = new Date(NOW.getTime() + 1);
    const authority = { ...STANDING, credentialEndedAt: later, credentialExpiresAt: later, domains: [] };
    expect(decideAuthority(CLAIMS, authority, NOW)).toMatchObject({ isLive: true });
  });
});
