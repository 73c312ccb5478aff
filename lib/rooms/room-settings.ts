import "server-only";

import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import type { AccessLevel } from "./representation/room-field.schema";

/**
 * Public rooms need to be allowed, unless the operator has made them the default anyway. Throws AppError `invalid` on
 * `access_level`.
 */
export function requireAccessLevelAllowed(
  accessLevel: AccessLevel,
  { externalApi }: Pick<Config, "externalApi">,
): void {
  const { allowPublicAccess, defaultAccessLevel } = externalApi;
  if (accessLevel === "public" && !allowPublicAccess && defaultAccessLevel !== "public") {
    throw new AppError("invalid", "invalid", { fieldErrors: { access_level: "public_rooms_disabled" } });
  }
}

/** A room that closes in the past would never have been open. Throws AppError `invalid` on `expires_at`. */
export function requireFutureExpiry(expiresAt: Date | null | undefined, now: Date): void {
  if (expiresAt != null && expiresAt <= now) {
    throw new AppError("invalid", "invalid", { fieldErrors: { expires_at: "expiry_not_in_future" } });
  }
}
