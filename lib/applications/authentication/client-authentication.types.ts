import type { ClientAuthenticationMethod, GrantType } from "@/lib/oauth/client/client-metadata";

/** A public key as staff see it. */
export type ApplicationKeySummary = {
  id: string;
  /** Pasted by staff, or found at the application's own address. */
  source: "registered" | "published";
  kid: string;
  algorithm: string;
  /** RFC 7638. */
  thumbprint: string;
  createdAt: Date;
  createdByName: string | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

/** How an application proves who it is, and what it may exchange for a token. */
export type ClientAuthentication = {
  grantTypes: GrantType[];
  methods: ClientAuthenticationMethod[];
  /** Where it publishes its keys; null when staff register them. */
  jwksUri: string | null;
  jwksFetchedAt: Date | null;
  /** Seconds; null means the default of the portal. */
  tokenTtlSeconds: number | null;
  /** Newest first, revoked ones included. */
  keys: ApplicationKeySummary[];
};
