import "server-only";

import { database } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { isLoopbackHost } from "@/lib/env/value-parsers";

/** Holds that somebody does not want to see the first steps any more, in this browser. */
export const FIRST_STEPS_COOKIE = "first-steps";
export const DISMISSED = "dismissed";

export const FIRST_STEPS = ["address", "application", "token", "administrator", "frontEnd"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/**
 * Says which of the first steps of a new installation are done, by what is there now: nobody ticks them. An application
 * that was used has had a token.
 */
export async function getFirstSteps({
  publicUrl,
  roomBaseUrl,
}: Pick<Config, "publicUrl" | "roomBaseUrl">): Promise<Record<FirstStep, boolean>> {
  const [application, used, administrators] = await Promise.all([
    database().application.findFirst({ where: { deletedAt: null }, select: { id: true } }),
    database().application.findFirst({ where: { deletedAt: null, lastUsedAt: { not: null } }, select: { id: true } }),
    database().staffMember.count({ where: { role: "administrator", isActive: true }, take: 2 }),
  ]);
  return {
    address: !isLoopbackHost(new URL(publicUrl).hostname),
    application: application !== null,
    token: used !== null,
    administrator: administrators > 1,
    frontEnd: roomBaseUrl !== undefined,
  };
}
