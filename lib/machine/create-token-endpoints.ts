import "server-only";

import { SCOPES } from "@/lib/applications/scopes";
import { type CallTrace, noteRefusal, type TracedContext } from "@/lib/machine/activity/call-trace";
import { traceClient, traceEndpoint } from "@/lib/machine/activity/trace-endpoint";
import type { M2mClient, M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import type { CredentialUse } from "@/lib/machine/client/credential-use";
import { createCompatibleTokenEndpoint } from "@/lib/machine/compatibility/compatible-token-endpoint";
import { orOutage } from "@/lib/machine/problems/database-outage";
import { reportTokenIssued, reportTokenRefused } from "@/lib/machine/token/token-events";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import type { TokenEndpointDeps, TokenIssuedEvent } from "@/lib/oauth/ports";
import { createTokenEndpoint, type TokenEndpoint } from "@/lib/oauth/token-endpoint/token-endpoint";
import type { StoredDelegationFacts } from "@/lib/people/delegation-columns";
import type { M2mParts } from "./m2m-parts";
import { type Endpoint, withRequestContext } from "./with-request-context";

/** What only the machine API knows, or does when something has happened. */
type OurDeps =
  | "supportedScopes"
  | "readClientKeys"
  | "consumeAssertionId"
  | "resolveSubject"
  | "onTokenIssued"
  | "onTokenRefused"
  | "randomId";

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/token`, and into the same with
 * the answers of La Suite Meet.
 */
export function createTokenEndpoints(
  protocol: Omit<TokenEndpointDeps<M2mRequestContext, M2mClient>, OurDeps>,
  { ports, uses, readSubject, readClientKeys, activity }: M2mParts,
): { tokenEndpoint: Endpoint; compatibleTokenEndpoint: Endpoint } {
  const authenticateClient = traceClient(protocol.authenticateClient);
  const tokenDeps: TokenEndpointDeps<TracedContext, M2mClient> = {
    ...protocol,
    async authenticateClient(credentials, context, named) {
      const client = await authenticateClient(credentials, context, named);
      notePerson(context.trace, client.subject?.facts);
      return client;
    },
    supportedScopes: SCOPES,
    readClientKeys: ({ applicationId }, kid) => orOutage(() => readClientKeys(applicationId, kid)),
    consumeAssertionId: (use) => orOutage(() => ports.storeAssertionId(use)),
    resolveSubject: (email, client, context) =>
      orOutage(async () => {
        const facts = await readSubject(email, client);
        notePerson(context.trace, facts);
        return ports.resolvePerson(email, client, context, facts);
      }),
    async onTokenIssued(event) {
      await orOutage(() => activity.writeTokenIssued(event));
      reportTokenIssued(event);
      // A secret's use was noted when it was verified. A key counts as used when something came of it.
      if (leansOnKey(event)) uses.record(toKeyUse(event, ports.now()), null);
    },
    onTokenRefused(event) {
      reportTokenRefused(event);
      const { trace } = event.context;
      noteRefusal(trace, event.reason);
      trace.domain = event.refusedDomain ?? null;
    },
    randomId: ports.randomId,
  };
  const traced = (path: string, endpoint: TokenEndpoint<TracedContext>) =>
    withRequestContext(traceEndpoint(activity, { kind: "tokens", path }, endpoint));
  return {
    tokenEndpoint: traced("/api/oauth/token", createTokenEndpoint(tokenDeps)),
    compatibleTokenEndpoint: traced("/external-api/v1.0/application/token", createCompatibleTokenEndpoint(tokenDeps)),
  };
}

/** Notes whom a client that has proved who it is asks a token for, as far as they are known: it may be refused. */
function notePerson(trace: CallTrace, facts: StoredDelegationFacts | undefined): void {
  trace.personId = facts?.person?.id ?? null;
}

function leansOnKey({ method, grantType }: TokenIssuedEvent): boolean {
  return method === "private_key_jwt" || grantType === JWT_BEARER_GRANT;
}

function toKeyUse({ applicationId, credentialId, context }: TokenIssuedEvent, at: Date): CredentialUse {
  return { kind: "key", applicationId, credentialId, clientAddress: context.clientAddress, at };
}
