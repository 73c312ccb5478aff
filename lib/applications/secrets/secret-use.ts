import "server-only";

import { DAY_MS } from "@/lib/time";
import type { SecretState, SecretUse } from "./application-secret.types";
import type { SecretLife } from "./live-secret";

const QUIET_MS = DAY_MS;

/** Tells what has become of a secret by `now`. */
export function secretStateAt({ revokedAt, expiresAt, compromisedAt }: SecretLife, now: Date): SecretState {
  if (compromisedAt !== null) return "compromised";
  if (revokedAt !== null && revokedAt <= now) return "revoked";
  if (expiresAt !== null && expiresAt <= now) return "expired";
  return revokedAt === null ? "live" : "scheduled";
}

type UsedSecret = SecretLife & { id: string; createdAt: Date; lastUsedAt: Date | null; lastUsedIp: string | null };

/** Tells how a secret is doing at `now`. A day without a use makes it quiet: whatever runs daily would have shown. */
export function toSecretUse(secret: UsedSecret, now: Date): SecretUse {
  const { id: secretId, createdAt, lastUsedAt, lastUsedIp } = secret;
  const isQuiet = now.getTime() - (lastUsedAt ?? createdAt).getTime() >= QUIET_MS;
  return { secretId, state: secretStateAt(secret, now), lastUsedAt, lastUsedIp, isQuiet };
}
