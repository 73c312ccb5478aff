import "server-only";

import type { ListApplicationsParams } from "@/lib/applications/listing/application-list.schema";
import { database } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { idsQuery, type ListPosition, wholeCondition } from "./application-query";

const BATCH = 500;

/** What leaves the portal of an application. Nothing of a secret but when the next one ends. */
const exportSelect = {
  id: true,
  name: true,
  clientId: true,
  isActive: true,
  scopes: true,
  ownerContact: true,
  description: true,
  grantTypes: true,
  tokenEndpointAuthMethods: true,
  createdAt: true,
  lastUsedAt: true,
  domains: { select: { domain: true }, orderBy: { domain: "asc" } },
  secrets: { select: { expiresAt: true, revokedAt: true } },
} as const satisfies Prisma.ApplicationSelect;

type Row = Prisma.ApplicationGetPayload<{ select: typeof exportSelect }>;

export const EXPORT_FIELDS = [
  "name",
  "clientId",
  "status",
  "scopes",
  "domains",
  "ownerContact",
  "description",
  "grantTypes",
  "authenticationMethods",
  "createdAt",
  "lastUsedAt",
  "liveSecrets",
  "nextSecretEnd",
] as const;

export type ExportedApplication = Record<(typeof EXPORT_FIELDS)[number], string | number | string[] | null>;

/**
 * Gives everything that passes the search and the filters, in the order of the list, in batches: each begins after the
 * last row of the one before, so memory stays the same however long the list is, and no transaction waits for a slow
 * reader. `domains` is `["*"]` for any e-mail domain.
 */
export async function* exportApplications(
  params: ListApplicationsParams,
  now: Date,
): AsyncGenerator<ExportedApplication[]> {
  const condition = wholeCondition(params, now);
  let after: ListPosition | undefined;
  while (true) {
    const found: ListPosition[] = await database().$queryRaw(idsQuery(condition, params, { take: BATCH, after }));
    if (found.length === 0) return;
    const rows = await database().application.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      select: exportSelect,
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    yield found.flatMap(({ id }) => byId.get(id) ?? []).map((row) => toExported(row, now));
    after = found.at(-1);
    if (found.length < BATCH) return;
  }
}

function toExported({ domains, secrets, ...row }: Row, now: Date): ExportedApplication {
  const ends = secrets.map(({ expiresAt, revokedAt }) =>
    Math.min(expiresAt?.getTime() ?? Infinity, revokedAt?.getTime() ?? Infinity),
  );
  const live = ends.filter((end) => end > now.getTime());
  const next = Math.min(...live);
  return {
    name: row.name,
    clientId: row.clientId,
    status: row.isActive ? "active" : "inactive",
    scopes: row.scopes,
    domains: domains.length === 0 ? ["*"] : domains.map(({ domain }) => domain),
    ownerContact: row.ownerContact,
    description: row.description,
    grantTypes: row.grantTypes,
    authenticationMethods: row.tokenEndpointAuthMethods,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    liveSecrets: live.length,
    nextSecretEnd: Number.isFinite(next) ? new Date(next).toISOString() : null,
  };
}
