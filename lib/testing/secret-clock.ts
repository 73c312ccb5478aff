import { database } from "@/lib/db/client";

export const START = new Date("2026-11-23T12:00:00.000Z");

/** A clock that stands at START until it is moved on, in seconds. */
export function createTestClock(): { now(): Date; pass(seconds: number): Date } {
  let seconds = 0;
  const now = () => new Date(START.getTime() + seconds * 1_000);
  return {
    now,
    pass(more) {
      seconds += more;
      return now();
    },
  };
}

/** Returns the secrets of an application as the database has them, oldest first, without their hashes. */
export function secretsOf(applicationId: string) {
  return database().applicationSecret.findMany({
    where: { applicationId },
    select: {
      id: true,
      hint: true,
      label: true,
      expiresAt: true,
      revokedAt: true,
      compromisedAt: true,
      replacedById: true,
      createdById: true,
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}
