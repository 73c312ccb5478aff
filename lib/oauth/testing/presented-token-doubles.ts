import { toWebResponse } from "../http/endpoint-response";
import { createIntrospectionEndpoint, type IntrospectionEndpointDeps } from "../presented-token/introspection-endpoint";
import { createRevocationEndpoint, type RevocationEndpointDeps } from "../presented-token/revocation-endpoint";
import { createForge } from "./forge-token";
import {
  basic,
  CALENDAR,
  CONTEXT,
  createTestServer,
  ISSUER,
  NOW,
  type TestApplication,
  tokenRequest,
} from "./token-endpoint-doubles";

export const REVOCATION_URL = `${ISSUER}/api/oauth/revoke`;
export const INTROSPECTION_URL = `${ISSUER}/api/oauth/introspect`;

/** A second application, to which no token of `CALENDAR` means anything. */
export const RIVAL: TestApplication = {
  client: { ...CALENDAR.client, clientId: "rival", applicationId: "0193575a-0000-7000-8000-0000000000a2" },
  secret: "rival-secret",
  isActive: true,
};

/** `Authorization` of an application. */
export function credentialsOf({ client, secret }: TestApplication): { Authorization: string } {
  return { Authorization: basic(client.clientId, secret) };
}

/**
 * Both endpoints over one table of revoked tokens in memory, with a forge that signs tokens as the server would. The
 * reports are kept in order, as names and reasons.
 */
export async function createTokenService(
  deps: { revocation?: Partial<RevocationEndpointDeps>; introspection?: Partial<IntrospectionEndpointDeps> } = {},
) {
  const forge = await createForge();
  const { authenticateClient } = createTestServer({ applications: [CALENDAR, RIVAL] }).deps;
  const revoked = new Set<string>();
  const reports: string[] = [];
  const { issuer, audience } = { issuer: ISSUER, audience: `${ISSUER}/api/external/rooms` };
  const shared = { realm: "token", authenticateClient, keyRing: async () => forge.ring, issuer, audience };
  const revocation = createRevocationEndpoint({
    ...shared,
    async revokeToken({ claims }) {
      const isNew = !revoked.has(claims.tokenId);
      revoked.add(claims.tokenId);
      return isNew;
    },
    onTokenRevoked: ({ claims }) => reports.push(`revoked ${claims.tokenId}`),
    onRevocationIgnored: ({ reason }) => reports.push(`ignored ${reason}`),
    onRevocationRefused: ({ code, reason }) => reports.push(`${code} ${reason}`),
    now: () => NOW,
    ...deps.revocation,
  });
  const introspection = createIntrospectionEndpoint({
    ...shared,
    async readLiveState({ tokenId, scopes }) {
      return revoked.has(tokenId)
        ? { isLive: false, reason: "token_revoked" }
        : { isLive: true, scopes, email: "alice@example.com" };
    },
    onTokenIntrospected: ({ isActive, reason }) => reports.push(isActive ? "active" : `inactive ${reason}`),
    onIntrospectionRefused: ({ code, reason }) => reports.push(`${code} ${reason}`),
    now: () => NOW,
    ...deps.introspection,
  });
  const send = {
    revoke: async (request: Request) => toWebResponse(await revocation(request, CONTEXT)),
    introspect: async (request: Request) => toWebResponse(await introspection(request, CONTEXT)),
  };
  return {
    forge,
    revoked,
    reports,
    revoke: (fields: Fields, options: Options = {}) =>
      send.revoke(tokenRequest(fields, { url: REVOCATION_URL, ...options })),
    introspect: (fields: Fields, options: Options = {}) =>
      send.introspect(tokenRequest(fields, { url: INTROSPECTION_URL, ...options })),
    send,
  };
}

type Fields = Parameters<typeof tokenRequest>[0];
type Options = NonNullable<Parameters<typeof tokenRequest>[1]>;
