import "server-only";

import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors/app-error";
import { type EntityTagCondition, strongTag } from "@/lib/http/entity-tag";

/**
 * The strong entity tag of a representation: the room's version, which every change raises, and a digest of the bytes,
 * because they also depend on who reads and on the configuration (RFC 9110 §8.8.1).
 */
export function roomTag(version: number, text: string): string {
  const digest = createHash("sha256").update(text).digest("base64url").slice(0, 16);
  return strongTag(`${version}-${digest}`);
}

/**
 * Throws AppError `room_version_differs` unless the condition names the present version. Which representation the tag
 * belongs to does not matter: they change together. A weak tag never matches (RFC 9110 §13.1.1): `entity_tag_weak` says
 * so to whoever has no other.
 */
export function requireExpectedVersion(version: number, condition: EntityTagCondition | undefined): void {
  if (condition === undefined || condition === "*") return;
  const strong = condition.filter(({ isWeak }) => !isWeak);
  if (strong.length === 0) throw new AppError("precondition", "entity_tag_weak");
  const isExpected = strong.some(({ value }) => value.startsWith(`${version}-`));
  if (!isExpected) throw new AppError("precondition", "room_version_differs");
}
