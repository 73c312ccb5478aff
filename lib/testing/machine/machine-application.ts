import { randomBytes } from "node:crypto";
import type { Scope } from "@/lib/applications/scopes";
import type { ApplicationActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import type { ClientAuthenticationMethod, GrantType } from "@/lib/oauth/client/client-metadata";
import { randomBase62 } from "@/lib/secrets/base62";
import { createSecretFormat, secretHint } from "@/lib/secrets/secret-format";

export type TestClient = { id: string; clientId: string; secret: string; secretId: string };

/** Stores an active application with one live secret, all scopes that tests use and no domain limit, unless told otherwise. */
export async function createTestClient(
  overrides: {
    scopes?: Scope[];
    domains?: string[];
    isActive?: boolean;
    tokenTtlSeconds?: number;
    grantTypes?: GrantType[];
    tokenEndpointAuthMethods?: ClientAuthenticationMethod[];
    jwksUri?: string;
    allowed?: string[];
    denied?: string[];
  } = {},
): Promise<TestClient> {
  const { allowed = [], denied = [], domains = [], ...rest } = overrides;
  const { scopes = ["rooms:create", "rooms:list", "rooms:retrieve"], ...columns } = rest;
  const clientId = randomBase62(40, randomBytes);
  const { id } = await database().application.create({
    data: {
      name: "Calendar",
      clientId,
      scopes,
      domains: { createMany: { data: domains.map((domain) => ({ domain })) } },
      personRules: {
        createMany: {
          data: [
            ...allowed.map((email) => ({ email, effect: "allow" as const })),
            ...denied.map((email) => ({ email, effect: "deny" as const })),
          ],
        },
      },
      ...columns,
    },
    select: { id: true },
  });
  return { id, clientId, ...(await addTestSecret({ id, clientId })) };
}

/** Gives an application one more live secret. */
export async function addTestSecret(client: {
  id: string;
  clientId: string;
}): Promise<{ secret: string; secretId: string }> {
  const secret = makeUnknownSecret(client.clientId);
  const { id: secretId } = await database().applicationSecret.create({
    data: { applicationId: client.id, hash: secret, hint: secretHint(secret) },
    select: { id: true },
  });
  return { secret, secretId };
}

/** A secret that carries a valid tag for the client but was never stored. */
export function makeUnknownSecret(clientId: string): string {
  const { secretPrefix: prefix, masterKeys } = config();
  return createSecretFormat({ prefix, masterKeys }).generate(clientId);
}

/** An application that acts on behalf of a person. */
export function actingFor(personId: string, applicationId: string): ApplicationActor {
  return { kind: "application", id: applicationId, personId, ip: "192.0.2.7", requestId: "req-1" };
}

let people = 0;

/** Stores a person with an address of their own at example.com. */
export function createTestPerson(
  overrides: { email?: string; isActive?: boolean; isDelegationAllowed?: boolean } = {},
): Promise<{ id: string; email: string }> {
  people += 1;
  return database().person.create({
    data: { email: `person-${people}@example.com`, ...overrides },
    select: { id: true, email: true },
  });
}
