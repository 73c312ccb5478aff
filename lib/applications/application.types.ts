import type { RecentCalls } from "@/lib/usage/usage.types";
import type { Scope } from "./scopes";

export type ApplicationSummary = {
  id: string;
  name: string;
  clientId: string;
  isActive: boolean;
  scopes: Scope[];
  /** Whom to call when it misbehaves; empty when nobody said. */
  ownerContact: string;
  /** 0 means: any e-mail domain. */
  domainCount: number;
  /** By the alphabet; null when there is none. */
  firstDomain: string | null;
  /** How many people the allow list names; 0 means that there is none. */
  allowedPersonCount: number;
  secrets: LiveSecretsSummary;
  createdAt: Date;
  lastUsedAt: Date | null;
};

/** The secrets of an application that are live, in short. */
type LiveSecretsSummary = {
  count: number;
  /** When the next one expires or is revoked; null when none does within `EXPIRING_WITHIN_DAYS`. */
  nextEnd: Date | null;
  /** Whether that is a revocation. */
  isRevocation: boolean;
  /** Whether one of them is live for longer than that. */
  hasLasting: boolean;
};

/** What switching several applications would touch: those that are not in the wanted state yet. */
export type StatusPreview = { applications: { id: string; name: string }[]; calls: RecentCalls };

/** A secret as staff may see it: never the secret, never its hash. */
export type ApplicationSecretSummary = {
  id: string;
  hint: string;
  label: string | null;
  createdAt: Date;
  createdByName: string | null;
  expiresAt: Date | null;
  /** In the future while a revocation is scheduled; it is live until then. */
  revokedAt: Date | null;
  compromisedAt: Date | null;
  /** The secret that a rotation has put in its place. */
  replacedById: string | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  /** It was shown, and nobody has said that they have stored it. */
  isUntaken: boolean;
};

export type ApplicationDetail = Omit<
  ApplicationSummary,
  "domainCount" | "firstDomain" | "allowedPersonCount" | "secrets"
> & {
  description: string;
  domains: string[];
  createdByName: string | null;
  updatedAt: Date;
  secrets: ApplicationSecretSummary[];
};

/** Handed out once, by the verb that made it. Nothing stores the secret. */
export type IssuedCredentials = {
  applicationId: string;
  name: string;
  clientId: string;
  secretId: string;
  clientSecret: string;
};

/** A link that makes a secret when somebody uses it. Handed out once, by the verb that made it: its token is stored nowhere. */
export type IssuedPickUpLink = { applicationId: string; name: string; linkId: string; url: string; expiresAt: Date };

/** What a form that makes a secret brings: the secret, to be copied now, or the link that makes it later. */
export type IssuedSecret = IssuedCredentials | IssuedPickUpLink;

/** Where an application sends what: to get a token, and to create rooms with it. */
export type ApiAddresses = { tokenUrl: string; roomsUrl: string };
