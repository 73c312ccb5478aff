import "server-only";

import type { Prisma } from "@/lib/db/generated/client";
import type { ApplicationDetail } from "./application.types";
import { isScope, type Scope } from "./scopes";

/** What may be shown of an application: the hash of a secret is not named. */
export const applicationDetailSelect = {
  id: true,
  name: true,
  description: true,
  ownerContact: true,
  clientId: true,
  isActive: true,
  scopes: true,
  createdAt: true,
  updatedAt: true,
  lastUsedAt: true,
  createdBy: { select: { name: true } },
  domains: { select: { domain: true }, orderBy: { domain: "asc" } },
  secrets: {
    select: {
      id: true,
      hint: true,
      label: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      compromisedAt: true,
      replacedById: true,
      lastUsedAt: true,
      lastUsedIp: true,
      isUntaken: true,
      createdBy: { select: { name: true } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  },
} as const satisfies Prisma.ApplicationSelect;

type DetailRow = Prisma.ApplicationGetPayload<{ select: typeof applicationDetailSelect }>;

/** Maps one application with its domains and what may be told about its secrets. */
export function toApplicationDetail({ createdBy, domains, secrets, ...row }: DetailRow): ApplicationDetail {
  return {
    ...row,
    scopes: toScopes(row.scopes),
    domains: domains.map(({ domain }) => domain),
    createdByName: createdBy?.name ?? null,
    secrets: secrets.map(({ createdBy: maker, ...secret }) => ({ ...secret, createdByName: maker?.name ?? null })),
  };
}

/** The database refuses unknown scopes; this is what tells the compiler. */
export function toScopes(stored: readonly string[]): Scope[] {
  return stored.filter(isScope);
}
