import "server-only";

import { database } from "@/lib/db/client";
import type { Statement } from "@/lib/db/statement";
import type { ClientAuthenticationMethod, GrantType } from "@/lib/oauth/client/client-metadata";
import { type DomainLimit, toDomainLimit } from "@/lib/oauth/domain-limit";
import type { AuthenticatedClient } from "@/lib/oauth/ports";
import {
  type DelegationRow,
  delegationColumns,
  type StoredDelegationFacts,
  toDelegationFacts,
} from "@/lib/people/delegation-columns";

/** A secret that counts now. */
export type LiveSecret = {
  id: string;
  hash: string;
  hint: string;
  lastUsedAt: Date | null;
  /** The revocation that is scheduled; in the future, or it would not be here. */
  revokedAt: Date | null;
  expiresAt: Date | null;
};

/** Which client, and the canonical e-mail address of whom it names; null when nobody is asked about. */
export type ClientQuestion = { clientId: string; subject: string | null };

/** What the database said of an address and of a client's lists about it, and when. */
export type KnownSubject = { address: string; facts: StoredDelegationFacts; readAt: Date };

/** What the database says about a client at this moment. */
export type ClientRecord = {
  applicationId: string;
  isActive: boolean;
  credentialVersion: number;
  /** What it is registered for; the database refuses what does not exist. */
  grantTypes: readonly GrantType[];
  /** How it may prove who it is; the database refuses what does not exist. */
  methods: readonly ClientAuthenticationMethod[];
  scopes: readonly string[];
  domains: DomainLimit;
  /** Seconds; null means the configured default. */
  tokenTtlSeconds: number | null;
  /** Newest first. */
  secrets: readonly LiveSecret[];
  /** Of whom was asked about. Not to be looked at before the client has proved who it is. */
  subject: KnownSubject | null;
  /** The moment at which the secrets were live, and not earlier than the question. */
  readAt: Date;
};

/** One row for each live secret of a client, and one without a secret when there is none. */
type Row = Omit<ClientRecord, "secrets" | "domains" | "subject" | "readAt"> &
  Omit<LiveSecret, "id" | "hash" | "hint"> &
  DelegationRow & {
    position: number;
    domains: string[];
    secretId: string | null;
    hash: string | null;
    hint: string | null;
  };

const delegation = delegationColumns({ email: `asked."email"`, applicationId: `a."id"` });

// Inside a SELECT the length of a list is not known to the planner, so that the plan is the same for one question and
// for many, and PostgreSQL keeps it after five runs instead of making it anew each time.
const STATEMENT: Statement = {
  name: "clients",
  text: `
    SELECT
      asked."position"::int AS "position",
      a."id" AS "applicationId",
      a."is_active" AS "isActive",
      a."credential_version" AS "credentialVersion",
      a."grant_types" AS "grantTypes",
      a."token_endpoint_auth_methods" AS "methods",
      a."scopes",
      a."token_ttl_seconds" AS "tokenTtlSeconds",
      ARRAY(SELECT d."domain"::text FROM "application_domains" d WHERE d."application_id" = a."id") AS "domains",
      s."id" AS "secretId",
      s."hash",
      s."hint",
      s."last_used_at" AS "lastUsedAt",
      s."revoked_at" AS "revokedAt",
      s."expires_at" AS "expiresAt", ${delegation.columns}
    FROM unnest((SELECT $1::text[]), (SELECT $2::text[])) WITH ORDINALITY AS asked ("client_id", "email", "position")
    JOIN "applications" a ON a."client_id" = asked."client_id" AND a."deleted_at" IS NULL
    LEFT JOIN "application_secrets" s ON s."application_id" = a."id"
      AND (s."revoked_at" IS NULL OR s."revoked_at" > $3::timestamptz)
      AND (s."expires_at" IS NULL OR s."expires_at" > $3::timestamptz)
      AND s."compromised_at" IS NULL ${delegation.joins}
    ORDER BY asked."position", s."created_at" DESC`,
};

/**
 * Reads clients by their unique ids, each with its domains, the secrets that are live at `now`, and what decides whether
 * it may act for the person it names; null for one that is not there. Read on every request and never remembered: that
 * is what makes rotation and deactivation immediate on every instance. One statement, because all of it must be true at
 * the same moment.
 */
export async function readClientRecords(
  questions: readonly ClientQuestion[],
  now: Date,
): Promise<(ClientRecord | null)[]> {
  const clientIds = questions.map(({ clientId }) => clientId);
  const subjects = questions.map(({ subject }) => subject);
  const rows = await database().runStatement<Row>(STATEMENT, [clientIds, subjects, now]);
  const rowsOf = questions.map((): Row[] => []);
  // Positions count from one.
  for (const row of rows) rowsOf[row.position - 1]?.push(row);
  return questions.map(({ subject }, index) => toClientRecord(rowsOf[index] ?? [], subject, now));
}

/** Names a question so that equal ones have one name. Neither part can hold the character between them. */
export function nameOfClientQuestion({ clientId, subject }: ClientQuestion): string {
  return `${clientId}\0${subject ?? ""}`;
}

/** Reads one client, without anybody it may act for. */
export async function findClientRecord(clientId: string, now: Date): Promise<ClientRecord | null> {
  const [client = null] = await readClientRecords([{ clientId, subject: null }], now);
  return client;
}

/** What the protocol needs to know of a client that has proved who it is. */
export function toAuthenticatedClient(
  client: ClientRecord,
  proof: Pick<AuthenticatedClient, "clientId" | "method" | "credentialId" | "secretEndsAt">,
  defaultTtlSeconds: number,
): AuthenticatedClient {
  return {
    clientId: proof.clientId,
    method: proof.method,
    credentialId: proof.credentialId,
    secretEndsAt: proof.secretEndsAt,
    applicationId: client.applicationId,
    credentialVersion: client.credentialVersion,
    grantTypes: client.grantTypes,
    scopes: client.scopes,
    allowedDomains: client.domains,
    accessTokenTtlSeconds: client.tokenTtlSeconds ?? defaultTtlSeconds,
  };
}

function toClientRecord(rows: readonly Row[], address: string | null, readAt: Date): ClientRecord | null {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    applicationId: first.applicationId,
    isActive: first.isActive,
    credentialVersion: first.credentialVersion,
    grantTypes: first.grantTypes,
    methods: first.methods,
    scopes: first.scopes,
    domains: toDomainLimit(first.domains),
    tokenTtlSeconds: first.tokenTtlSeconds,
    secrets: rows.flatMap(toLiveSecret),
    subject: address === null ? null : { address, facts: toDelegationFacts(first), readAt },
    readAt,
  };
}

function toLiveSecret({ secretId, hash, hint, lastUsedAt, revokedAt, expiresAt }: Row): LiveSecret[] {
  if (secretId === null || hash === null || hint === null) return [];
  return [{ id: secretId, hash, hint, lastUsedAt, revokedAt, expiresAt }];
}
