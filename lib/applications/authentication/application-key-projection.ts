import "server-only";

import type { Prisma } from "@/lib/db/generated/client";
import type { PublicJwk } from "@/lib/oauth/jose/jwk";
import type { ApplicationKeySummary } from "./client-authentication.types";

export const applicationKeySelect = {
  id: true,
  source: true,
  kid: true,
  publicJwk: true,
  thumbprint: true,
  createdAt: true,
  revokedAt: true,
  lastUsedAt: true,
  createdBy: { select: { name: true } },
} as const satisfies Prisma.ApplicationKeySelect;

type KeyRow = Prisma.ApplicationKeyGetPayload<{ select: typeof applicationKeySelect }>;

/** Maps a key as staff see it. All of it is public, but nobody reads coordinates of curves. */
export function toApplicationKeySummary({ createdBy, publicJwk, ...row }: KeyRow): ApplicationKeySummary {
  return { ...row, algorithm: algorithmOf(publicJwk), createdByName: createdBy?.name ?? null };
}

/** A public JWK as it is stored: text members only, which is all that the reader of keys lets through. */
export function toStoredJwk(jwk: PublicJwk): Prisma.InputJsonObject {
  return Object.fromEntries(Object.entries(jwk).filter(([, value]) => typeof value === "string"));
}

function algorithmOf(publicJwk: Prisma.JsonValue): string {
  const isObject = typeof publicJwk === "object" && publicJwk !== null && !Array.isArray(publicJwk);
  return isObject && typeof publicJwk.alg === "string" ? publicJwk.alg : "";
}
