import "server-only";

import { noteAnswer, noteRefusal, type TracedContext } from "@/lib/machine/activity/call-trace";
import { traceClient, traceEndpoint } from "@/lib/machine/activity/trace-endpoint";
import { decideAuthority } from "@/lib/machine/authority/authority";
import type { M2mRequestContext } from "@/lib/machine/client/authenticate-client";
import { orOutage } from "@/lib/machine/problems/database-outage";
import {
  reportIntrospectionRefused,
  reportRevocationIgnored,
  reportRevocationRefused,
  reportTokenIntrospected,
  reportTokenRevoked,
} from "@/lib/machine/token/token-events";
import type { AccessTokenVerifierDeps } from "@/lib/oauth/access-token/access-token-verifier";
import type { ClientAuthenticationDeps } from "@/lib/oauth/ports";
import { createIntrospectionEndpoint } from "@/lib/oauth/presented-token/introspection-endpoint";
import { createRevocationEndpoint } from "@/lib/oauth/presented-token/revocation-endpoint";
import type { M2mParts } from "./m2m-parts";
import { type Endpoint, withRequestContext } from "./with-request-context";

type ProtocolDeps = ClientAuthenticationDeps<M2mRequestContext> & AccessTokenVerifierDeps;

/** Joins the protocol core, the credential check and the database into `POST /api/oauth/revoke`. */
export function createRevocation(
  protocol: ProtocolDeps,
  { ports, activity }: Pick<M2mParts, "ports" | "activity">,
): Endpoint {
  const call = { kind: "revocations", path: "/api/oauth/revoke" } as const;
  const endpoint = createRevocationEndpoint<TracedContext>({
    ...protocol,
    authenticateClient: traceClient(protocol.authenticateClient),
    revokeToken: (revocation) => orOutage(() => ports.revokeToken(revocation)),
    onTokenRevoked(event) {
      reportTokenRevoked(event);
      event.context.trace.personId = event.claims.subjectId;
      noteAnswer(event.context.trace);
    },
    onRevocationIgnored(event) {
      reportRevocationIgnored(event);
      noteAnswer(event.context.trace);
    },
    onRevocationRefused(event) {
      reportRevocationRefused(event);
      noteRefusal(event.context.trace, event.reason);
    },
  });
  return withRequestContext(traceEndpoint(activity, call, endpoint));
}

/**
 * Joins the protocol core, the credential check and the database into `POST /api/oauth/introspect`. What it says of a
 * token is what the external API would decide at the same moment, by the same read and the same rules.
 */
export function createIntrospection(
  protocol: ProtocolDeps,
  { ports, activity, findAuthority }: Pick<M2mParts, "ports" | "activity" | "findAuthority">,
): Endpoint {
  const call = { kind: "introspections", path: "/api/oauth/introspect" } as const;
  const endpoint = createIntrospectionEndpoint<TracedContext>({
    ...protocol,
    authenticateClient: traceClient(protocol.authenticateClient),
    readLiveState: async (claims) => decideAuthority(claims, await orOutage(() => findAuthority(claims)), ports.now()),
    onTokenIntrospected(event) {
      reportTokenIntrospected(event);
      noteAnswer(event.context.trace);
    },
    onIntrospectionRefused(event) {
      reportIntrospectionRefused(event);
      noteRefusal(event.context.trace, event.reason);
    },
  });
  return withRequestContext(traceEndpoint(activity, call, endpoint));
}
