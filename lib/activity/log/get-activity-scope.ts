import "server-only";

import { database } from "@/lib/db/client";
import { isUuid } from "@/lib/uuid";
import { type ActivityFilter, timeOf } from "./activity-log.schema";
import type { ActivityScope } from "./activity-log.types";

/**
 * Finds what a filter names. Who or what is gone, or never was, is no fault of whoever follows a link: then there is
 * nothing to find, except for an application, whose requests stay when it is deleted.
 */
export async function getActivityScope(
  filter: ActivityFilter,
  time: { now: Date; retentionDays: number },
): Promise<ActivityScope> {
  const [application, person, credential] = await Promise.all([
    filter.application === undefined ? undefined : findApplicationName(filter.application),
    filter.person === undefined ? undefined : findPerson(filter.person),
    filter.secret === undefined ? undefined : findCredential(filter.secret),
  ]);
  const isElsewhere =
    application !== undefined && credential !== undefined && credential.applicationId !== application.id;
  return {
    ...timeOf(filter, time),
    outcome: filter.outcome,
    status: filter.status === undefined ? undefined : Number(filter.status),
    cause: filter.cause,
    application,
    person,
    credential,
    isNowhere:
      (filter.person !== undefined && person === undefined) ||
      (filter.secret !== undefined && credential === undefined) ||
      isElsewhere,
  };
}

async function findApplicationName(id: string): Promise<{ id: string; name: string | null } | undefined> {
  const row = await database().application.findFirst({ where: { id, deletedAt: null }, select: { name: true } });
  return { id, name: row?.name ?? null };
}

async function findPerson(text: string): Promise<{ id: string; email: string } | undefined> {
  const where = text.includes("@") ? { email: text.toLowerCase() } : isUuid(text) ? { id: text } : undefined;
  if (where === undefined) return undefined;
  return (await database().person.findUnique({ where, select: { id: true, email: true } })) ?? undefined;
}

async function findCredential(id: string): Promise<ActivityScope["credential"]> {
  const [secret, key] = await Promise.all([
    database().applicationSecret.findUnique({ where: { id }, select: { hint: true, applicationId: true } }),
    database().applicationKey.findUnique({ where: { id }, select: { kid: true, applicationId: true } }),
  ]);
  if (secret !== null) return { id, kind: "secret", ...secret };
  return key === null ? undefined : { id, kind: "key", hint: key.kid, applicationId: key.applicationId };
}
